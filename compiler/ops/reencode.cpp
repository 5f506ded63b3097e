// What is left of a value after Go's encoding/json decoded it into its type and encoded it again.
#include <cmath>

#include "base/text.h"
#include "ops/go_time.h"
#include "ops/map_edit.h"
#include "ops/quantity.h"
#include "ops/schema_ops.h"

namespace isvcc {
namespace {

// Go's word for the kind of a JSON value.
std::string_view go_word(const Node& node) {
  switch (node.kind) {
    case Kind::Bool: return "bool";
    case Kind::String: return "string";
    case Kind::List: return "array";
    case Kind::Map: return "object";
    case Kind::Null: return "null";
    default: return "number";
  }
}

std::string_view go_type(const Schema& schema) {
  switch (schema.type) {
    case SchemaType::String: return "string";
    case SchemaType::Boolean: return "bool";
    case SchemaType::Integer: return schema.format.empty() ? "int" : schema.format;
    case SchemaType::Number: return "float64";
    case SchemaType::List: return "[]";
    case SchemaType::Map: return "map[string]";
    default: return schema.name;
  }
}

std::string_view expected_words(const Schema& schema) {
  switch (schema.type) {
    case SchemaType::String: return "a text";
    case SchemaType::Boolean: return "true or false";
    case SchemaType::Integer: return "a whole number";
    case SchemaType::Number: return "a number";
    case SchemaType::IntOrString: return "a whole number or a text";
    case SchemaType::List: return "a list";
    default: return "a map";
  }
}

std::string_view found_words(const Node& node) {
  switch (node.kind) {
    case Kind::Bool: return "true or false";
    case Kind::String: return "a text";
    case Kind::List: return "a list";
    case Kind::Map: return "a map";
    case Kind::Null: return "null";
    default: return "a number";
  }
}

enum class Depth { Whole, Outermost };

class Encoder {
 public:
  Encoder(ZeroValues zeros, Scratch& scratch, Depth depth = Depth::Whole)
      : keep_zeros_(zeros == ZeroValues::KeepReceived), outermost_(depth == Depth::Outermost), scratch_(scratch) {}

  bool failed() const { return failures_ > 0; }

  // `owner` and `path` are for messages only.
  const Node* value(const Node* node, const Schema& schema, const Schema& owner, const Path& path) {
    switch (schema.type) {
      case SchemaType::Object: return node->kind == Kind::Map ? object(*node, schema, path) : wrong(node, schema, owner, path);
      case SchemaType::Map: return node->kind == Kind::Map ? map(*node, schema, owner, path) : wrong(node, schema, owner, path);
      case SchemaType::List: return list(node, schema, owner, path);
      case SchemaType::String: return text(node, schema, owner, path);
      case SchemaType::Boolean: return node->kind == Kind::Bool ? node : wrong(node, schema, owner, path);
      case SchemaType::Integer: return integer(node, schema, owner, path);
      case SchemaType::Number: return View(node).is_number() ? node : wrong(node, schema, owner, path);
      case SchemaType::IntOrString: return node->kind == Kind::String ? node : int32_or_wrong(node, schema, owner, path);
      case SchemaType::Quantity: return quantity(node, schema, path);
      default: return node;
    }
  }

 private:
  static constexpr size_t most_failures = 100;  // Go stops at one; people want to see them all, within reason

  const Node* object(const Node& node, const Schema& schema, const Path& path) {
    MapEdit edit(node, scratch_.arena);
    uint32_t always = 0;
    for (const Field& field : View(&node).fields()) {
      const Property* property = schema.property(field.key());
      if (!property) {
        schema.preserve_unknown ? edit.keep() : edit.drop();
        continue;
      }
      const Node* encoded = member(field, *property, schema, path);
      encoded ? edit.replace(encoded) : edit.drop();
      always += property->always;
    }
    if (always < schema.always_count) add_missing(edit, node, schema);
    return edit.done();
  }

  // The encoded value of a received field; null when the encoding has none.
  const Node* member(const Field& field, const Property& property, const Schema& owner, const Path& path) {
    if (field.value->kind == Kind::Null && property.schema->type != SchemaType::Any) return property.always ? zero(field.value, property) : nullptr;
    const Schema& schema = *property.schema;
    const Node* encoded = outermost_ || is_plain(*field.value, schema) ? field.value : value(field.value, schema, owner, path.key(field.key()));
    if (property.always || property.pointer || keep_zeros_ || !is_zero(*encoded, schema)) return encoded;
    return nullptr;
  }

  // The fast way out for most values.
  static bool is_plain(const Node& node, const Schema& schema) {
    return (schema.type == SchemaType::String && node.kind == Kind::String && schema.format != "date-time") || (schema.type == SchemaType::Boolean && node.kind == Kind::Bool);
  }

  static bool is_zero(const Node& node, const Schema& schema) {
    switch (node.kind) {
      case Kind::Bool: return !node.b;
      case Kind::Int: return node.i == 0;
      case Kind::Float: return node.d == 0;
      case Kind::String: return node.size == 0 && schema.type != SchemaType::IntOrString;
      case Kind::List: return node.size == 0;
      case Kind::Map: return node.size == 0 && schema.type == SchemaType::Map;
      default: return false;
    }
  }

  const Node* zero(const Node* null, const Property& property) {
    if (property.zero->kind == Kind::Null) return null;
    Node copy = *property.zero;
    copy.origin = null->origin;
    return scratch_.arena.make(copy);
  }

  static void add_missing(MapEdit& edit, const Node& node, const Schema& schema) {
    for (const Property& property : schema.properties)
      if (property.always && !View(&node).field(property.name)) edit.add(property.name, property.zero);
  }

  const Node* map(const Node& node, const Schema& schema, const Schema& owner, const Path& path) {
    const Schema& values = *schema.additional;
    MapEdit edit(node, scratch_.arena);
    for (const Field& field : View(&node).fields()) {
      if (is_plain(*field.value, values)) edit.keep();
      else if (field.value->kind == Kind::Null) edit.replace(zero_of(values, *field.value));
      else edit.replace(value(field.value, values, owner, path.entry(field.key())));
    }
    return edit.done();
  }

  const Node* list(const Node* node, const Schema& schema, const Schema& owner, const Path& path) {
    if (node->kind != Kind::List) return wrong(node, schema, owner, path);
    const Schema& items = *schema.items;
    ListEdit edit(*node, scratch_.arena);
    for (size_t i = 0; i < node->size; ++i) {
      const Node* item = node->items[i];
      if (is_plain(*item, items)) edit.replace(item);
      else if (item->kind == Kind::Null) edit.replace(zero_of(items, *item));
      else edit.replace(value(item, items, owner, path.index(i)));
    }
    return edit.done();
  }

  // A null item of a list or map is the zero value of its type.
  const Node* zero_of(const Schema& schema, const Node& null) {
    const Make make = scratch_.make(Pass::Encoding).at(View(&null));
    switch (schema.type) {
      case SchemaType::String: return schema.format == "byte" || schema.format == "date-time" ? &null : make.borrowed("");
      case SchemaType::Boolean: return make.boolean(false);
      case SchemaType::Integer:
      case SchemaType::IntOrString:
      case SchemaType::Number: return make.integer(0);
      case SchemaType::Quantity: return make.borrowed("0");
      case SchemaType::Object: return object(*make.map({}), schema, Path());
      default: return &null;
    }
  }

  const Node* text(const Node* node, const Schema& schema, const Schema& owner, const Path& path) {
    if (node->kind != Kind::String) return wrong(node, schema, owner, path);
    return schema.format == "date-time" ? time(node, path) : node;
  }

  // metav1.Time: whole seconds, UTC.
  const Node* time(const Node* node, const Path& path) {
    std::string error;
    const std::string encoded = go_time(View(node).text(), error);
    if (!error.empty()) return bad_value(node, "is not a time: ", std::move(error), "write a time as 2006-01-02T15:04:05Z", path);
    return encoded == View(node).text() ? node : scratch_.make(Pass::Encoding).at(View(node)).text(encoded);
  }

  const Node* integer(const Node* node, const Schema& schema, const Schema& owner, const Path& path) {
    if (schema.format == "int32") return int32_or_wrong(node, schema, owner, path);
    if (node->kind == Kind::Int) return node;
    return whole(node, schema, owner, path);
  }

  const Node* int32_or_wrong(const Node* node, const Schema& schema, const Schema& owner, const Path& path) {
    const Node* number = node->kind == Kind::Int ? node : whole(node, schema, owner, path);
    if (number->kind != Kind::Int || (number->i >= INT32_MIN && number->i <= INT32_MAX)) return number;
    return wrong(node, schema, owner, path);
  }

  // 3.0 reaches the webhook as 3.
  const Node* whole(const Node* node, const Schema& schema, const Schema& owner, const Path& path) {
    if (node->kind != Kind::Float || node->d != std::floor(node->d) || std::abs(node->d) >= 9.2e18) return wrong(node, schema, owner, path);
    return scratch_.make(Pass::Encoding).at(View(node)).integer(static_cast<int64_t>(node->d));
  }

  const Node* quantity(const Node* node, const Schema& schema, const Path& path) {
    if (node->kind == Kind::String && Quantity::is_surely_kept(View(node).text())) return node;
    const bool number = View(node).is_number();
    const std::string text = number ? number_text(*node) : std::string(View(node).text());
    if (schema.metric_quantity) return metric_quantity(node, text, path);
    std::string error;
    const std::string_view trimmed = node->kind == Kind::String ? trim(text) : std::string_view(text);
    const std::optional<Quantity> parsed = Quantity::parse(node->kind == Kind::String || number ? trimmed : "?", &error);
    if (!parsed) return bad_quantity(node, error, path);
    const std::string encoded = parsed->text();
    return !number && encoded == View(node).text() ? node : scratch_.make(Pass::Encoding).at(View(node)).text(encoded);
  }

  // KServe's MetricQuantity keeps what the author wrote.
  const Node* metric_quantity(const Node* node, const std::string& text, const Path& path) {
    if (node->kind != Kind::String && node->kind != Kind::Int)
      return bad_quantity(node, cat("value must be string or integer: ", brief(View(node))), path);
    std::string error;
    if (!Quantity::parse(text, &error)) return bad_quantity(node, cat("failed to parse quantity ", go_quote(text), ": ", error), path);
    return node->kind == Kind::String ? node : scratch_.make(Pass::Encoding).at(View(node)).text(text);
  }

  const Node* bad_quantity(const Node* node, std::string error, const Path& path) {
    return bad_value(node, "is not a quantity: ", std::move(error), "a quantity is a number with an optional suffix: 500m, 2, 4Gi", path);
  }

  const Node* bad_value(const Node* node, std::string_view what, std::string error, std::string_view hint, const Path& path) {
    if (++failures_ > most_failures) return node;
    scratch_.diags.report(Code::Undecodable, Stage::Defaulting, View(node), cat(quote(path.text()), ' ', what, brief(View(node))))
        .at(path)
        .upstream_says(std::move(error))
        .hinting(std::string(hint));
    return node;
  }

  const Node* wrong(const Node* node, const Schema& schema, const Schema& owner, const Path& path) {
    if (++failures_ > most_failures) return node;
    const bool number = View(node).is_number();
    const std::string value = number && schema.type == SchemaType::Integer ? cat(" ", number_text(*node)) : std::string();
    scratch_.diags
        .report(Code::Undecodable, Stage::Defaulting, View(node),
                cat(quote(path.text()), " must be ", expected_words(schema), ", found ", found_words(*node), ": ", brief(View(node))))
        .at(path)
        .upstream_says(cat("json: cannot unmarshal ", go_word(*node), value, " into Go struct field ", owner.name, ".", path.text(),
                           " of type ", go_type(schema)));
    return node;
  }

  bool keep_zeros_, outermost_;
  Scratch& scratch_;
  size_t failures_ = 0;
};

}  // namespace

const Node* reencode(View object, const Schema& schema, ZeroValues zeros, Scratch& scratch) {
  if (!object) return nullptr;
  Encoder encoder(zeros, scratch);
  const Node* encoded = encoder.value(object.node(), schema, schema, Path());
  return encoder.failed() ? nullptr : encoded;
}

const Node* reencode(View object, const Schema& schema, Arena& arena, std::string& error) {
  thread_local Diagnostics found;  // made once: this is called for every container, and hardly ever finds anything
  Scratch scratch{arena, found};
  const Node* encoded = reencode(object, schema, ZeroValues::Drop, scratch);
  if (!encoded && !found.all().empty()) error = std::move(found.all().front().upstream);
  found.all().clear();
  return encoded;
}

const Node* reencode_outermost(View object, const Schema& schema, Arena& arena) {
  thread_local Diagnostics nothing_found;  // made once, as above
  Scratch scratch{arena, nothing_found};
  return Encoder(ZeroValues::Drop, scratch, Depth::Outermost).value(object.node(), schema, schema, Path());
}

}  // namespace isvcc
