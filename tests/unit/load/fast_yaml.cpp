// The fast reader is libyaml, only faster: wherever it does not decline, trees are equal down to places and quotes.
#include <boost/test/unit_test.hpp>

#include <filesystem>

#include "load/encoding.h"
#include "load/fast_yaml.h"
#include "support/files.h"
#include "unit/load/reading.h"

using namespace isvcc;
using namespace isvcc::test;

namespace {

// Everything a reading gives: kinds, texts, places, lengths, quotes, findings.
void append(std::string& out, View value) {
  const Node& node = *value.node();
  out += cat(type_name(value), "@", node.origin.offset, "+", node.length, value.is_text() && node.quoted ? "q" : "");
  for (const Field& f : value.fields()) {
    out += cat("{", f.key(), "@", f.key_offset, ":");
    append(out, f.value);
    out += '}';
  }
  for (const Node* item : value.items()) {
    out += '[';
    append(out, item);
    out += ']';
  }
  if (value.is_text()) out += cat("'", value.text(), "'");
  if (value.is_number()) out += number_text(node);
  if (value.is(Kind::Bool)) out += node.b ? "true" : "false";
}

std::string everything(const Reading& r) {
  std::string out;
  for (const Node* document : r.documents) {
    append(out, document);
    out += '\n';
  }
  for (const Diagnostic& d : r.diags.all()) out += cat(info(d.code).id, "@", d.span.begin, "-", d.span.end, " ", d.message, "\n");
  return out;
}

void check_same(std::string_view text) {
  const std::string fast = everything(read(text, YamlParser::Fast)), reference = everything(read(text, YamlParser::LibYaml));
  BOOST_CHECK_MESSAGE(fast == reference, "read otherwise: " << text << "\nfast: " << fast << "\nlibyaml: " << reference);
}

// True when the fast reader reads the text itself.
bool is_mine(std::string_view text) {
  Arena arena;
  const Limits limits;
  YamlBuilder builder(text, 1, limits, arena);
  builder.reset();
  return read_fast(builder, 0, text.size(), scan_yaml_text(text).ascii);
}

// The same sequence everywhere.
struct Random {
  uint64_t state;
  size_t below(size_t n) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    return n == 0 ? 0 : static_cast<size_t>(state >> 33) % n;
  }
};

const std::string kService = R"(# A service
apiVersion: serving.kserve.io/v1beta1
kind: InferenceService
metadata:
  name: "iris"
  namespace: team-a   # ours
  annotations:
    note: >-
      two
      lines

    script: |
      #!/bin/sh
      echo "a: b"
        indented

    empty: ""
spec:
  predictor:
    minReplicas: 1
    model:
      modelFormat: {name: sklearn, version: '1'}
      storageUri: s3://bucket/models/iris
      args: [--a=b, "c d", 'it''s', "tab\t", []]
      resources: &size
        requests: {cpu: 500m, memory: 1Gi}
        limits:
          nvidia.com/gpu: 1
    containers:
    - name: kserve-container
      resources: *size
      command:
        - sh
        - -c
        - |-
          exec x

      env:
      - name: A
        value: "1"
      -
        name: B
        value:
      - {name: C, value: ""}
  list:
  - - a
    - b
  -   c: d
      e: 1.5
  -
  - null
  - ~
  - true
)";

}  // namespace

BOOST_AUTO_TEST_SUITE(fast_yaml)

BOOST_AUTO_TEST_CASE(what_repositories_write_is_read_by_it) {
  BOOST_CHECK(is_mine(kService));
  BOOST_CHECK(is_mine("---\n" + kService));
  BOOST_CHECK(is_mine("é: 日本\n"));
  BOOST_CHECK(is_mine("a: b"));
  BOOST_CHECK(is_mine("# nothing\n"));
  BOOST_CHECK(is_mine(""));
  check_same(kService);
}

BOOST_AUTO_TEST_CASE(what_is_unusual_is_left_to_libyaml) {
  for (const char* text : {"a: 1\na: 2\n", "<<: {a: 1}\n", "a: !!str 1\n", "? a\n: b\n", "a: b\n  c\n", "a: yes\n", "y: 1\n", "a: 0b1\n", "a: .inf\n", "a:\tb\n", "a: b\r\n", "[a]\n", "text\n", "a: [1,\n 2]\n",
                           "a: \"b\n  c\"\n", "a: 'b\n", "a: [b?]\n", "a: {b}\n", "a: [b: c]\n", "%YAML 1.1\n---\na: 1\n", "...\n", "a: *x\n", "&x a: b\n", "a: &x [*x]\n", "- a\nb: c\n", "a: b: c\n", "a:\n    b: 1\n  c: 2\n",
                           "a: \"\\/\"\n", "a: @b\n", "\"a\"\"b\": c\n", "a: b # c\n  d\n", "1: a\n"})
    BOOST_TEST_CONTEXT(text) {
      BOOST_CHECK(!is_mine(text));
      check_same(text);
    }
}

BOOST_AUTO_TEST_CASE(recorded_documents_are_read_alike) {
  Arena arena;
  for (const char* name : {"yaml/documents.json", "yaml/split.json"})
    for (View test : View(parse_json(fixture(name), arena)).items()) check_same(test["yaml"].text());
}

BOOST_AUTO_TEST_CASE(recorded_scalars_are_read_alike_wherever_they_stand) {
  Arena arena;
  for (View test : View(parse_json(fixture("yaml/resolve.json"), arena)).items()) {
    const std::string_view text = test["text"].text();
    for (const std::string& frame : {cat("v: ", text, "\n"), cat("v: ", text), cat(text, ": 1\n"), cat("- ", text, "\n- x\n"), cat("- a: ", text, "  # c\n  b: c\n"), cat("a: [", text, ", x]\n"), cat("a: {b: ", text, "}\n"),
                                     cat("a: {", text, ": b}\n"), cat("a:\n  ", text, "\n"), cat("a:\n- ", text, " \nb: c\n"), cat("a: &x ", text, "\nb: *x\n")})
      check_same(frame);
  }
}

BOOST_AUTO_TEST_CASE(mutations_are_read_alike) {
  static constexpr std::string_view kPieces[] = {" ", "  ", "\n", "\n\n", "- ", ": ", ":", "#", " # c", "'", "\"", "[", "]", "{", "}", ",", "|", ">", "|-", ">+", "&a ", "*a", "? ", "!", "<<: ", "\t", "---", "...", "\\", "é", "%", "yes", "1", "~", "\n  x", "\n    y: z", "k: v\n", "- i\n"};
  Random random{1};
  const std::vector<std::string_view> lines = split(kService, '\n');
  for (int round = 0; round < 6000; ++round) {
    const size_t first = random.below(lines.size()), count = 1 + random.below(12);
    std::string text;
    for (size_t i = first; i < std::min(first + count, lines.size()); ++i) text += cat(lines[i], "\n");
    for (size_t edits = random.below(4); edits > 0; --edits) {
      const size_t at = random.below(text.size() + 1);
      if (random.below(3) == 0) text.erase(at, random.below(5));
      else text.insert(at, kPieces[random.below(std::size(kPieces))]);
    }
    check_same(text);
  }
}

BOOST_AUTO_TEST_CASE(fixtures_are_read_alike) {
  size_t files = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(source_dir() + "/fixtures")) {
    if (entry.path().extension() != ".yaml" && entry.path().extension() != ".yml") continue;
    check_same(read_file(entry.path()));
    ++files;
  }
  BOOST_TEST_MESSAGE(files << " files");
}

BOOST_AUTO_TEST_CASE(limits_are_the_same) {
  Limits limits;
  limits.depth = 3;
  limits.nodes = 10;
  limits.scalar_bytes = 8;
  for (const char* text : {"a:\n  b:\n    c:\n      d: 1\n", "a: {b: {c: {d: 1}}}\n", "- - - - x\n", "[1,2,3,4,5,6,7,8,9,10]", "a: [1,2,3,4,5,6,7,8,9]\n", "a: 123456789\nb: abcdefghi\n", "a: |\n  abcdefghi\n"})
    BOOST_TEST_CONTEXT(text) BOOST_CHECK_EQUAL(everything(read(text, YamlParser::Fast, limits)), everything(read(text, YamlParser::LibYaml, limits)));
}

BOOST_AUTO_TEST_SUITE_END()
