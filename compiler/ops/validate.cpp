// Structural validation of an object against its CRD schema, in the API server's words.
// Mirrors kube-openapi's validators as apiextensions calls them, list-type uniqueness, and embedded resources.
#include <algorithm>
#include <unordered_map>
#include <utility>

#include "base/edit_distance.h"
#include "base/text.h"
#include "ops/combinations.h"
#include "ops/field_error.h"
#include "ops/fits.h"
#include "ops/formats.h"
#include "ops/rules.h"
#include "ops/schema_ops.h"
#include "schema/kubernetes_groups.h"

namespace isvcc {
namespace {

std::string_view in_words(const Schema& schema) {
  switch (schema.type) {
    case SchemaType::Object:
    case SchemaType::Map: return "a map";
    case SchemaType::List: return "a list";
    case SchemaType::String: return "a text";
    case SchemaType::Integer: return "a whole number";
    case SchemaType::Number: return "a number";
    case SchemaType::Boolean: return "true or false";
    case SchemaType::Quantity: return "a quantity such as 500m or 2Gi";
    default: return "a whole number or a text";
  }
}

std::string_view found_in_words(View value) {
  switch (value.node()->kind) {
    case Kind::Null: return "null";
    case Kind::Bool: return "true or false";
    case Kind::String: return "a text";
    case Kind::List: return "a list";
    case Kind::Map: return "a map";
    case Kind::Float: return "a number with a fraction";
    default: return "a number";
  }
}

class Validator {
 public:
  Validator(View object, Scratch& scratch) : scratch_(scratch), decoded_by_server_(is_kubernetes_group(api_group(object["apiVersion"].text()))) {}

  bool run(View object, const Schema& schema) {
    // Metadata has rules of its own, which are not part of a CRD's schema.
    for (const Field& field : object.fields())
      if (const Property* property = field.key() == "metadata" ? nullptr : schema.property(field.key()))
        value(field.value, *property->schema, Path().key(field.key()));
    check_required(object, schema, Path());
    const bool structure = errors_ == 0;
    if (schema.has_rules && blocking_) report_unchecked_rules(object);
    else if (schema.has_rules) errors_ += check_rules(object, schema, scratch_);
    return structure && errors_ == 0;
  }

 private:
  static constexpr size_t most_errors = 500;  // one object; enough to see what is wrong

  Diagnostic& report(Code code, View where, const Path& path, std::string message, std::string upstream) {
    ++errors_;
    return scratch_.diags.report(code, Stage::Schema, where, std::move(message)).at(path).upstream_says(std::move(upstream));
  }

  void report_unchecked_rules(View object) {
    constexpr std::string_view text = "some validation rules were not checked because the object was invalid; correct the existing errors to complete validation";
    report(Code::RuleViolated, object, Path(), "the rules of the schema are not checked before the other errors are mended", cat("<nil>: Invalid value: null: ", text));
  }

  void value(View node, const Schema& schema, const Path& path) {
    if (errors_ >= most_errors) return;
    if (fits::is_free_text(node, schema)) return;
    if (node.is_null()) return check_null(node, schema, path);
    if (!fits::type(node, schema)) report_type(node, schema, path);
    switch (node.node()->kind) {
      case Kind::String: check_text(node, schema, path); break;
      case Kind::List: check_list(node, schema, path); break;
      case Kind::Map: check_map(node, schema, path); break;
      case Kind::Bool: break;
      default: check_number(node, schema, path); break;
    }
    if (!schema.enumeration.empty()) check_enumeration(node, schema, path);
    for (const Combination& combination : schema.combinations) check_combination(node, combination, path);
  }

  void check_combination(View node, const Combination& combination, const Path& path) {
    const size_t fitting = fitting_parts(node, combination);
    if (combination_holds(combination, fitting)) return;
    const std::string at = cat('"', path.dotted_text(), '"');
    report(Code::AlternativeMismatch, node, path, mismatch_in_words(node, combination, fitting, path), field_error::without_path(cat(at, upstream_words(combination, fitting))))
        .hinting(fields_hint(combination));
    // Upstream also tells what is wrong with the alternative that comes nearest.
    if (fitting == 0 && combination.form != Combination::Form::Not) value(node, *combination.parts[0], path);
  }

  static std::string upstream_words(const Combination& combination, size_t fitting) {
    switch (combination.form) {
      case Combination::Form::All: return cat(" must validate all the schemas (allOf)", fitting == 0 ? ". None validated" : "");
      case Combination::Form::Any: return " must validate at least one schema (anyOf)";
      case Combination::Form::One: return cat(" must validate one and only one schema (oneOf). Found ", fitting == 0 ? "none valid" : cat(fitting, " valid alternatives"));
      default: return " must not validate the schema (not)";
    }
  }

  // The fields that single parts of a combination ask for.
  static std::vector<std::string_view> wanted_fields(const Combination& combination) {
    std::vector<std::string_view> names;
    for (const Schema* part : combination.parts)
      for (const Property& p : part->properties)
        if (p.required) names.push_back(p.name);
    return names;
  }

  static std::string fields_hint(const Combination& combination) {
    std::vector<std::string> names;
    for (const std::string_view name : wanted_fields(combination)) names.push_back(quote(name));
    return names.empty() ? std::string() : cat("the alternatives ask for ", join(names, ", "));
  }

  static std::string mismatch_in_words(View node, const Combination& combination, size_t fitting, const Path& path) {
    std::vector<std::string> given;
    for (const std::string_view name : wanted_fields(combination))
      if (node[name]) given.push_back(quote(name));
    if (combination.form == Combination::Form::One && fitting > 1 && given.size() > 1) return cat(quote(path.text()), " may have only one of ", join(given, " and "));
    if (combination.form == Combination::Form::Not) return cat(quote(path.text()), " has a form that its schema excludes");
    if (combination.form == Combination::Form::All) return cat(quote(path.text()), " does not meet all conditions of its schema");
    return cat(quote(path.text()), fitting == 0 ? " fits none of the alternatives of its schema" : " fits several alternatives of its schema at once");
  }

  void check_null(View node, const Schema& schema, const Path& path) {
    if (schema.nullable || field_error::type_word(schema).empty()) return;
    report_type(node, schema, path);
    if (!schema.enumeration.empty()) check_enumeration(node, schema, path);
  }

  void report_type(View node, const Schema& schema, const Path& path) {
    const bool formatted = !node.is_null() && is_checked_format(schema.format);
    if (formatted && node.is_list()) return;  // upstream leaves these to the format check, which looks at texts only
    blocking_ = true;
    const std::string at = path.dotted_text();
    const std::string_view found = formatted ? go_format(node) : type_name(node);
    report(Code::WrongType, node, path, cat(quote(path.text()), " must be ", in_words(schema), ", found ", found_in_words(node), ": ", brief(node)),
           field_error::wrong_type(at, formatted ? schema.format : field_error::type_word(schema), found))
        .hinting(type_hint(node, schema));
    if (node.is_null() || (schema.type != SchemaType::IntOrString && schema.type != SchemaType::Quantity)) return;
    // The API server tries both alternatives and tells about each.
    report(Code::WrongType, node, path, cat(quote(path.text()), " fits none of the alternatives of the schema"),
           field_error::without_path(cat('"', at, "\" must validate at least one schema (anyOf)")));
    report(Code::WrongType, node, path, cat(quote(path.text()), " is no whole number either"), field_error::wrong_type(at, "integer", found));
  }

  // How upstream calls a value where the schema names a format.
  static std::string_view go_format(View node) {
    if (node.is(Kind::Float)) return "float64";
    return node.is_number() ? "int64" : "";
  }

  static std::string type_hint(View node, const Schema& schema) {
    if (schema.type == SchemaType::String && (node.is_number() || node.is(Kind::Bool))) return cat("quote it: \"", brief(node), '"');
    if (schema.type == SchemaType::Integer && node.is_text() && parse_int(node.text())) return cat("write it without quotes: ", printable(node.text()));
    if (schema.type == SchemaType::List && !node.is_null()) return "items of a list start with `- `";
    return {};
  }

  void check_text(View node, const Schema& schema, const Path& path) {
    const std::string_view text = node.text();
    if (!fits::length(text, schema)) {
      const auto length = static_cast<int64_t>(fits::code_points(text));
      const bool is_long = schema.max_length >= 0 && length > schema.max_length;
      return is_long ? report_long(node, length, schema, path) : report_short(node, length, schema, path);
    }
    if (!fits::pattern(text, schema)) return report_pattern(node, schema, path);
    if (!schema.format.empty() && !matches_format(schema.format, text)) report_format(node, schema, path);
  }

  void report_long(View node, int64_t length, const Schema& schema, const Path& path) {
    blocking_ = true;
    report(Code::WrongSize, node, path, cat(quote(path.text()), " has ", length, " characters, more than ", schema.max_length),
           field_error::too_long(path.dotted_text(), schema.max_length));
  }

  void report_short(View node, int64_t length, const Schema& schema, const Path& path) {
    report(Code::WrongSize, node, path, cat(quote(path.text()), " has ", length, " characters, fewer than ", schema.min_length),
           field_error::invalid_in_body(path.dotted_text(), go_quote(node.text()), cat("should be at least ", schema.min_length, " chars long")));
  }

  void report_pattern(View node, const Schema& schema, const Path& path) {
    report(Code::PatternMismatch, node, path, cat(quote(path.text()), " is ", quote(node.text()), ", which does not match ", schema.pattern),
           field_error::invalid_in_body(path.dotted_text(), go_quote(node.text()), cat("should match '", schema.pattern, "'")));
  }

  void report_format(View node, const Schema& schema, const Path& path) {
    blocking_ = true;
    report(Code::FormatMismatch, node, path, cat(quote(path.text()), " is ", quote(node.text()), ", which is no ", schema.format),
           field_error::invalid_in_body(path.dotted_text(), go_quote(node.text()), cat("must be of type ", schema.format, ": ", go_quote(node.text()))));
  }

  void check_number(View node, const Schema& schema, const Path& path) {
    const double number = fits::as_double(node);
    const bool integers = schema.type == SchemaType::Integer || schema.type == SchemaType::IntOrString || schema.type == SchemaType::Quantity;
    if (integers && (!fits::is_whole(node) || node.is(Kind::Uint)) && node.is(Kind::Float))
      report(Code::WrongType, node, path, cat(quote(path.text()), " is not a whole number of 64 bits"),
             field_error::without_path(cat("Checked value must be of type integer (default format) in ", path.dotted_text())));
    if (!fits::integer_range(node, schema)) report_range(node, schema, path);
    if (!fits::multiple(node, schema))
      report_number(node, path, cat("should be a multiple of ", number_text(schema.multiple_of)));
    if (schema.has_maximum && (number > schema.maximum || (schema.exclusive_maximum && number == schema.maximum)))
      report_number(node, path, cat("should be less than ", schema.exclusive_maximum ? "" : "or equal to ", number_text(schema.maximum)));
    if (schema.has_minimum && (number < schema.minimum || (schema.exclusive_minimum && number == schema.minimum)))
      report_number(node, path, cat("should be greater than ", schema.exclusive_minimum ? "" : "or equal to ", number_text(schema.minimum)));
  }

  // Structural schemas do not bound a number by its format; Go does, when a client or the server itself decodes the object.
  void report_range(View node, const Schema& schema, const Path& path) {
    const std::string_view type = schema.format.empty() ? "int64" : schema.format;
    const std::string message = cat(quote(path.text()), " is ", field_error::shown(node), ", which does not fit ", type);
    if (!decoded_by_server_)
      scratch_.diags.report(Code::UndecodableNumber, Stage::Schema, node, message).at(path).hinting("the API server stores it, but no controller can read the object back");
    else
      report(Code::NumberOutOfRange, node, path, message,
             cat("json: cannot unmarshal number ", field_error::shown(node), " into Go struct field .", path.dotted_text(), " of type ", type));
  }

  void report_number(View node, const Path& path, const std::string& what) {
    const std::string shown = field_error::shown(node);
    report(Code::NumberOutOfRange, node, path, cat(quote(path.text()), " is ", shown, ", but ", what), field_error::invalid_in_body(path.dotted_text(), shown, what));
  }

  void check_enumeration(View node, const Schema& schema, const Path& path) {
    for (const Node* allowed : schema.enumeration)
      if (equal(node, allowed)) return;
    blocking_ = true;
    std::vector<std::string_view> words;
    for (const Node* allowed : schema.enumeration)
      if (!View(allowed).text().empty()) words.push_back(View(allowed).text());
    std::vector<std::string> list;
    for (const Node* allowed : schema.enumeration) list.push_back(brief(allowed));
    Diagnostic& diagnostic = report(Code::NotAllowedValue, node, path, cat(quote(path.text()), " is ", brief(node), ", allowed: ", join(list, ", ")),
                                    field_error::unsupported(path.dotted_text(), node, schema.enumeration));
    const std::string_view near = nearest(node.text(), words);
    if (near.empty()) return;
    diagnostic.hinting(cat("did you mean ", quote(near), "?"));
    if (diagnostic.span.end > diagnostic.span.begin) diagnostic.fix(diagnostic.span, std::string(near));
  }

  void check_list(View node, const Schema& schema, const Path& path) {
    if (schema.items)
      for (size_t i = 0; i < node.size(); ++i) value(node.item(i), *schema.items, path.index(i));
    check_count(node, schema.min_items, schema.max_items, "items", path);
    if (schema.list_type != ListType::Atomic && schema.type == SchemaType::List) check_unique(node, schema, path);
  }

  void check_count(View node, int64_t least, int64_t most, std::string_view what, const Path& path) {
    const auto count = static_cast<int64_t>(node.size());
    if (count < least)
      report(Code::WrongSize, node, path, cat(quote(path.text()), " has ", count, " ", what, ", fewer than ", least),
             field_error::invalid_in_body(path.dotted_text(), cat(count), cat("should have at least ", least, " ", what)));
    if (most < 0 || count <= most) return;
    blocking_ = true;
    report(Code::WrongSize, node, path, cat(quote(path.text()), " has ", count, " ", what, ", more than ", most),
           field_error::too_many(path.dotted_text(), node.size(), most));
  }

  // The first repetition of each key (or item) is an error.
  void check_unique(View list, const Schema& schema, const Path& path) {
    if (schema.list_type == ListType::Map && !all_maps(list, path)) return;
    if (list.size() < 2 || (list.size() <= fits::kFewItems && fits::all_differ(list, schema))) return;
    Arena arena(4096);
    std::unordered_map<std::string, std::pair<size_t, bool>> seen;
    for (size_t i = 0; i < list.size(); ++i) {
      const std::string key = schema.list_type == ListType::Map ? key_of(list.item(i), schema, arena) : field_error::shown(list.item(i));
      const auto [first, added] = seen.try_emplace(key, i, false);
      if (added || std::exchange(first->second.second, true)) continue;
      const Path place = path.index(i);
      report(Code::DuplicateItem, list.item(i), place, cat(quote(place.text()), " repeats ", printable(key), " of item ", first->second.first),
             field_error::duplicate(place.text(), key))
          .label(list.item(first->second.first), "first here");
    }
  }

  bool all_maps(View list, const Path& path) {
    for (size_t i = 0; i < list.size(); ++i) {
      const View item = list.item(i);
      if (item.is_map() || item.is_null()) continue;
      const Path place = path.index(i);
      report(Code::WrongType, item, place, cat(quote(place.text()), " must be a map with a key, found ", found_in_words(item)),
             field_error::invalid(place.text(), field_error::shown(item), "must be an object for an array of list-type map"));
      return false;
    }
    return true;
  }

  // {"containerPort":8080,"protocol":"TCP"}; keys that are missing stay out.
  static std::string key_of(View item, const Schema& schema, Arena& arena) {
    std::vector<Entry> entries;
    for (const std::string_view key : schema.list_keys) entries.push_back({key, item[key].node()});
    std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) { return a.key < b.key; });
    return field_error::shown(Make(arena).map(entries));
  }

  void check_map(View node, const Schema& schema, const Path& path) {
    check_count(node, schema.min_properties, schema.max_properties, "properties", path);
    for (const Field& field : node.fields()) {
      if (const Property* property = schema.property(field.key())) value(field.value, *property->schema, path.key(field.key()));
      else if (schema.additional) value(field.value, *schema.additional, path.entry(field.key()));
    }
    check_required(node, schema, path);
    if (schema.embedded_resource) check_embedded(node, path);
  }

  void check_required(View node, const Schema& schema, const Path& path) {
    for (const Property& property : schema.properties)
      if (property.required && !node.field(property.name)) report_missing(node, property, schema, path);
  }

  void report_missing(View node, const Property& property, const Schema& schema, const Path& path) {
    blocking_ = true;
    const Path place = path.key(property.name);
    std::vector<std::string_view> given;
    for (const Field& field : node.fields())
      if (!schema.property(field.key())) given.push_back(field.key());
    const std::string_view near = nearest(property.name, given);
    Diagnostic& diagnostic = report(Code::MissingField, node, place, cat(quote(place.text()), " is required"), field_error::required(place.dotted_text()));
    if (!near.empty()) diagnostic.hinting(cat("there is ", quote(near)));
  }

  void check_embedded(View node, const Path& path) {
    for (const std::string_view key : {"apiVersion", "kind"}) {
      const Path place = path.key(key);
      const View given = node[key];
      if (!given) {
        blocking_ = true;
        report(Code::MissingField, node, place, cat(quote(place.text()), " is required"), field_error::required(place.text()));
      } else if (!given.is_text()) {
        report(Code::WrongType, given, place, cat(quote(place.text()), " must be a text"), field_error::invalid(place.text(), field_error::shown(given), "must be a string"));
      } else if (given.text().empty()) {
        report(Code::WrongSize, given, place, cat(quote(place.text()), " is empty"), field_error::invalid(place.text(), "\"\"", "must not be empty"));
      }
    }
  }

  Scratch& scratch_;
  const bool decoded_by_server_;  // one of Kubernetes' own kinds
  size_t errors_ = 0;
  bool blocking_ = false;  // an error after which the API server evaluates no rules
};

}  // namespace

bool validate(View object, const Schema& schema, Scratch& scratch) { return Validator(object, scratch).run(object, schema); }

}  // namespace isvcc
