// What the API server removes while it decodes a custom resource: unknown fields, and nulls that may not be there.
// Mirrors structural pruning and PruneNonNullableNullsWithoutDefaults (apiextensions-apiserver).
#include "base/edit_distance.h"
#include "base/text.h"
#include "ops/map_edit.h"
#include "ops/schema_ops.h"

namespace isvcc {
namespace {

class Pruner {
 public:
  Pruner(UnknownFields unknown, Scratch& scratch) : report_(unknown == UnknownFields::Report), scratch_(scratch) {}

  const Node* value(const Node* node, const Schema& schema, const Path& path) {
    if (node->kind == Kind::Map) return map(*node, schema, path);
    if (node->kind == Kind::List && node->size > 0) return list(*node, schema, path);
    return node;
  }

 private:
  const Node* map(const Node& node, const Schema& schema, const Path& path) {
    MapEdit edit(node, scratch_.arena);
    for (const Field& field : View(&node).fields()) {
      if (schema.additional) {
        child(edit, field, *schema.additional, true, path.entry(field.key()));
      } else if (const Property* property = schema.property(field.key())) {
        child(edit, field, *property->schema, !property->default_value, path.key(field.key()));
      } else if (schema.preserve_unknown || (schema.embedded_resource && is_type_meta(field.key()))) {
        edit.keep();
      } else {
        if (report_) report(node, field, schema, path);
        edit.drop();
      }
    }
    return edit.done();
  }

  void child(MapEdit& edit, const Field& field, const Schema& schema, bool drop_null, const Path& path) {
    if (field.value->kind == Kind::Null && drop_null && !schema.nullable) edit.drop();
    else edit.replace(value(field.value, schema, path));
  }

  // Below a list where the schema expects something else nothing is known, so nothing is kept.
  const Node* list(const Node& node, const Schema& schema, const Path& path) {
    if (!schema.items && schema.preserve_unknown) return &node;
    static const Schema nothing;
    const Schema& items = schema.items ? *schema.items : nothing;
    ListEdit edit(node, scratch_.arena);
    for (size_t i = 0; i < node.size; ++i) edit.replace(value(node.items[i], items, path.index(i)));
    return edit.done();
  }

  static bool is_type_meta(std::string_view key) { return key == "apiVersion" || key == "kind" || key == "metadata"; }

  void report(const Node& map, const Field& field, const Schema& schema, const Path& path) {
    const Path place = path.key(field.key());
    std::vector<std::string_view> known;
    for (const Property& p : schema.properties) known.push_back(p.name);
    const std::string_view near = nearest(field.key(), known);
    Diagnostic& diagnostic = scratch_.diags.report(Code::UnknownField, Stage::Strict, span_of_key(View(&map), field),
                                                   cat("unknown field ", quote(place.text())));
    diagnostic.at(place).upstream_says(cat("unknown field \"", place.dotted_text(), '"'));
    if (near.empty()) return;
    diagnostic.hinting(cat("did you mean ", quote(near), "?"));
    if (diagnostic.span.end > diagnostic.span.begin) diagnostic.fix(diagnostic.span, std::string(near));
  }

  bool report_;
  Scratch& scratch_;
};

}  // namespace

const Node* prune(View object, const Schema& schema, UnknownFields unknown, Scratch& scratch) {
  return object ? Pruner(unknown, scratch).value(object.node(), schema, Path()) : nullptr;
}

}  // namespace isvcc
