#pragma once
// One schema of a CustomResourceDefinition (a Node tree), or a JSON Schema made of one → Schemas. Equal parts become one Schema.
#include <deque>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "schema/cel.h"
#include "schema/pattern.h"
#include "schema/schema.h"

namespace isvcc {

// JsonSchema: what kubeconform reads. A type may be a list of types, an object without `additionalProperties: false` keeps unknown fields,
// and there is no $ref.
enum class SchemaDialect : uint8_t { Structural, JsonSchema };

class CrdCompiler {
 public:
  // `like`: what the built-in schema knows about the same value, or null.
  // Null when the schema cannot be used; error() and culprit() then tell why.
  const Schema* compile(View schema, const Schema* like, SchemaDialect dialect = SchemaDialect::Structural);

  const std::string& error() const { return error_; }
  View culprit() const { return culprit_; }
  // All Schemas made so far; inner ones come first.
  std::vector<Schema*> all();
  void clear_error() { error_.clear(); }

 private:
  const Schema* node(View schema, const Schema* like, int depth);
  void read_type(Schema& out, View schema, const Schema* like);
  void read_texts(Schema& out, View schema);
  void read_limits(Schema& out, View schema);
  void read_list(Schema& out, View schema);
  void read_rules(Schema& out, View schema);
  void read_combinations(Schema& out, View schema, int depth);
  void add_parts(Combination& into, View parts, int depth);
  // A part of a combination: constrains what is there, forbids nothing.
  const Schema* part(View schema, int depth);
  void read_children(Schema& out, View schema, const Schema* like, int depth);
  static void mark_required(Schema& out, View names);
  Property property(const Field& field, const Schema* like, int depth);
  // What an opaque value may hold, for Go's encoding only: no constraint, no default, unknown fields stay.
  const Schema* without_constraints(const Schema& schema, int depth);
  const Schema* intern(Schema&& schema);
  const Schema* fail(View where, std::string text);

  std::deque<Schema> schemas_;
  std::deque<Pattern> patterns_;
  std::deque<CelProgram> programs_;
  std::unordered_map<std::string, const Schema*> known_;
  std::unordered_map<const Schema*, const Schema*> opaque_;
  std::map<std::string, const Pattern*, std::less<>> pattern_of_;
  size_t nodes_ = 0;
  SchemaDialect dialect_ = SchemaDialect::Structural;
  std::string error_;
  View culprit_;
};

}  // namespace isvcc
