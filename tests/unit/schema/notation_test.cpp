// The notation of schemas/*.schema and what the compiler makes of it.
#include <boost/test/unit_test.hpp>

#include <algorithm>

#include "base/text.h"
#include "schema/schema.h"
#include "tools/tables.h"

using namespace isvcc;
using namespace isvcc::notation;

namespace {

// The first mistake in a text, empty when there is none.
std::string mistake(const std::string& text) {
  File file;
  std::string error;
  if (!parse(text, "a.schema", file, error)) return error;
  Tables tables;
  make_tables(file, tables, error);
  return error;
}

Tables tables_of(const std::string& text) {
  File file;
  Tables tables;
  std::string error;
  BOOST_REQUIRE_MESSAGE(parse(text, "a.schema", file, error) && make_tables(file, tables, error), error);
  return tables;
}

// The fields of a type with their flags: "name! required".
std::string fields_of(const Tables& tables, std::string_view type) {
  std::string out;
  for (const image::TypeRow& row : tables.types) {
    if (tables.texts[row.name] != type) continue;
    const image::SchemaRow& schema = tables.schemas[row.schema];
    for (int i = 0; i < schema.properties; ++i) {
      const image::PropertyRow& p = tables.properties[schema.first_property + i];
      out += cat(out.empty() ? "" : ", ", tables.texts[p.name], p.always ? "!" : "", p.required ? " required" : "", p.pointer ? " pointer" : "");
    }
  }
  return out;
}

}  // namespace

BOOST_AUTO_TEST_CASE(fields_are_sorted_and_carry_their_marks) {
  BOOST_TEST(fields_of(tables_of("type A\n  b!: string required\n  a: *int32  # a comment\n"), "A") == "a pointer, b! required");
}

BOOST_AUTO_TEST_CASE(from_copies_include_adds_drop_removes_and_later_fields_replace) {
  const Tables tables = tables_of("type A\n  a: string required\n  b: string\ntype B\n  include A\n  c: string\ntype C from B\n  drop b\n  a!: string\n");
  BOOST_TEST(fields_of(tables, "B") == "a required, b, c");
  BOOST_TEST(fields_of(tables, "C") == "a!, c");
}

BOOST_AUTO_TEST_CASE(a_type_may_contain_itself) { BOOST_TEST(fields_of(tables_of("type A\n  a: [A]\n"), "A") == "a"); }

BOOST_AUTO_TEST_CASE(equal_anonymous_types_share_a_row) {
  const Tables tables = tables_of("type A\n  a: [string(minLen=1)]\n  b: [string(minLen=1)]\n");
  BOOST_TEST(tables.properties[0].schema == tables.properties[1].schema);
}

BOOST_AUTO_TEST_CASE(a_pattern_with_blanks_and_brackets_stands_in_back_quotes) {
  const Tables tables = tables_of("type A\n  a: [string(pattern=`^(a b)#$` minLen=1)] default=`[\"a b\"]`\n");
  BOOST_TEST(std::count(tables.texts.begin(), tables.texts.end(), "^(a b)#$") == 1);
  BOOST_TEST(std::count(tables.texts.begin(), tables.texts.end(), "[\"a b\"]") == 1);
}

BOOST_AUTO_TEST_CASE(fields_of_some_releases_only) {
  const Tables tables = tables_of("releases v1 v2 v3\ntype A\n  a: string since=v2\n  b: string until=v2\n");
  BOOST_TEST(tables.properties[0].since == 1);
  BOOST_TEST(tables.properties[0].until == 3);
  BOOST_TEST(tables.properties[1].since == 0);
  BOOST_TEST(tables.properties[1].until == 1);
}

BOOST_AUTO_TEST_CASE(every_kind_has_api_version_kind_and_metadata) {
  const Tables tables = tables_of("type ObjectMeta\n  name: string\nkind example.com/v1 Toy cluster\n  spec: object\n");
  BOOST_REQUIRE(tables.kinds.size() == 1u);
  BOOST_TEST(tables.schemas[tables.kinds[0].schema].properties == 4);
  BOOST_TEST(!tables.kinds[0].namespaced);
}

BOOST_AUTO_TEST_CASE(mistakes_name_their_place) {
  BOOST_TEST(mistake("type A\n  a: Nothing\n") == "a.schema:2: unknown type 'Nothing'");
  BOOST_TEST(mistake("type A\n  a: string wrong\n") == "a.schema:2: unknown word 'wrong'");
  BOOST_TEST(mistake("type A\n  a: string min=x\n") == "a.schema:2: not a number: 'x'");
  BOOST_TEST(mistake("type A\n  a: string since=v9\n") == "a.schema:2: unknown release 'v9'");
  BOOST_TEST(mistake("type A\n\ntype A\n") == "a.schema:3: type 'A' is declared twice");
  BOOST_TEST(mistake("type A\n  drop a\n") == "a.schema:2: no field 'a' to drop");
  BOOST_TEST(mistake("  a: string\n") == "a.schema:1: a field needs a type above it");
  BOOST_TEST(mistake("type A from B\ntype B from A\n") == "a.schema:2: types include each other");
}

BOOST_AUTO_TEST_CASE(the_same_text_gives_the_same_source) {
  const std::string text = "type A\n  a: [string]\nkind v1 K namespaced\n  spec: A\ntype ObjectMeta\n  name: string\n";
  BOOST_TEST(source_of(tables_of(text)) == source_of(tables_of(text)));
}
