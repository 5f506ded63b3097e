#include "admit/metadata.h"

#include <algorithm>

#include "base/text.h"
#include "ops/names.h"

namespace isvcc {

namespace {

enum class FieldKind { Text, TextMap, ServerOwned, Other };

struct KnownField {
  std::string_view name;
  FieldKind kind;
};

constexpr KnownField kFields[] = {
    {"name", FieldKind::Text},
    {"namespace", FieldKind::Text},
    {"labels", FieldKind::TextMap},
    {"annotations", FieldKind::TextMap},
    {"creationTimestamp", FieldKind::Text},
    {"generateName", FieldKind::Text},
    // A create request cannot set these: the server drops or replaces them.
    {"generation", FieldKind::ServerOwned},
    {"uid", FieldKind::ServerOwned},
    {"resourceVersion", FieldKind::ServerOwned},
    {"selfLink", FieldKind::ServerOwned},
    {"managedFields", FieldKind::ServerOwned},
    {"deletionTimestamp", FieldKind::ServerOwned},
    {"deletionGracePeriodSeconds", FieldKind::ServerOwned},
};

}  // namespace

// Of one kind about one map; enough to see what is wrong.
static constexpr size_t kMostReports = 50;

static FieldKind kind_of(std::string_view name) {
  for (const KnownField& field : kFields)
    if (field.name == name) return field.kind;
  return FieldKind::Other;
}

static bool all_texts(View map) {
  return std::all_of(map.fields().begin(), map.fields().end(), [](const Field& f) { return f.value->kind == Kind::String; });
}

// Nothing to convert: by far the most frequent case.
static bool is_plain(const Field& field) {
  const View value = field.value;
  switch (kind_of(field.key())) {
    case FieldKind::Text:
      return value.is_text() && value.size() > 0;
    case FieldKind::TextMap:
      return value.is_map() && value.size() > 0 && all_texts(value);
    case FieldKind::ServerOwned:
      return false;
    case FieldKind::Other:
      return !value.is_null() && !(value.is_list() && value.size() == 0);
  }
  return false;
}

// Go's words for a JSON value of the wrong type.
static std::string_view go_json_type(View value) {
  if (value.is(Kind::Bool)) return "bool";
  return value.is_number() ? "number" : type_name(value);
}

static void report_type(View value, std::string_view field, std::string_view key, std::string_view go_type, Scratch& scratch) {
  const std::string place = key.empty() ? cat("metadata.", field) : cat("metadata.", field, '[', key, ']');
  const std::string_view wanted = key.empty() && go_type != "string" ? "a map of strings" : "a string";
  Diagnostic& d =
      scratch.diags.report(Code::UnreadableMetadata, Stage::Schema, value, cat(place, " is not ", wanted, " but ", brief(value)));
  d.path = place;
  d.upstream = cat("json: cannot unmarshal ", go_json_type(value), " into Go struct field ObjectMeta.", field, " of type ", go_type);
  if (wanted == "a string" && !value.is_map() && !value.is_list()) d.hint = cat("put the value in quotes: \"", brief(value), '"');
}

static const Node* decode_text_map(std::string_view name, View map, Scratch& scratch, bool& ok) {
  if (map.is_null()) return nullptr;
  if (!map.is_map()) {
    report_type(map, name, {}, "map[string]string", scratch);
    ok = false;
    return nullptr;
  }
  std::vector<Field> out;
  out.reserve(map.size());
  size_t reported = 0;
  for (Field field : map.fields()) {
    const View value = field.value;
    // Go decodes a null into the zero value, an empty string.
    if (value.is_null()) field.value = scratch.make(Pass::Encoding).at(value).borrowed("");
    out.push_back(field);
    if (value.is_text() || value.is_null()) continue;
    ok = false;
    if (++reported <= kMostReports) report_type(value, name, field.key(), "string", scratch);
  }
  return out.empty() ? nullptr : scratch.make(Pass::Encoding).at(map).fields(out);
}

static const Node* decode_field(const Field& field, Scratch& scratch, bool& ok) {
  const View value = field.value;
  switch (kind_of(field.key())) {
    case FieldKind::ServerOwned:
      return nullptr;
    case FieldKind::TextMap:
      return decode_text_map(field.key(), value, scratch, ok);
    case FieldKind::Other:
      return is_plain(field) ? field.value : nullptr;
    case FieldKind::Text:
      break;
  }
  if (value.is_text()) return value.size() > 0 ? field.value : nullptr;
  if (value.is_null()) return nullptr;
  report_type(value, field.key(), {}, "string", scratch);
  ok = false;
  return nullptr;
}

static const Node* decode_fields(View metadata, Scratch& scratch, bool& ok) {
  std::vector<Field> out;
  for (Field field : metadata.fields())
    if ((field.value = decode_field(field, scratch, ok))) out.push_back(field);
  return scratch.make(Pass::Encoding).at(metadata).fields(out);
}

// Pruning takes nulls out of maps, but metadata is not pruned: Go reads labels and annotations as they were sent.
static View as_sent(const Object& object, View pruned, const Make& make) {
  View metadata = pruned;
  for (std::string_view name : {"labels", "annotations"})
    if (const View sent = object.view()["metadata"][name]; sent.node() != metadata[name].node())
      metadata = make.with(metadata, name, sent.node());
  return metadata;
}

const Node* decode_metadata(const Object& object, View pruned, Scope scope, Scratch& scratch) {
  const Make make = scratch.make(Pass::Encoding);
  const View metadata = as_sent(object, pruned, make);
  const auto fields = metadata.fields();
  bool ok = true;
  const Node* decoded =
      metadata.is_map() && std::all_of(fields.begin(), fields.end(), is_plain) ? metadata.node() : decode_fields(metadata, scratch, ok);
  if (!ok) return nullptr;
  const View present = View(decoded)["namespace"];
  if (scope == Scope::Cluster) return present ? make.without(decoded, "namespace") : decoded;
  return present || object.namespace_.empty() ? decoded : make.with(decoded, "namespace", make.text(object.namespace_));
}

static void report_problem(View where, std::string path, std::string upstream, std::string message, Scratch& scratch) {
  Diagnostic& d = scratch.diags.report(Code::BadMetadata, Stage::Schema, where, std::move(message));
  d.path = std::move(path);
  d.upstream = std::move(upstream);
}

static bool check_text(View text, std::string_view field, NameForm form, std::string_view form_words, Scratch& scratch) {
  if (!text || is_valid_name(form, text.text())) return true;
  const std::string path = cat("metadata.", field), lower = to_lower(text.text());
  for (const std::string& problem : name_problems(form, text.text())) {
    report_problem(text, path, invalid_value(path, text.text(), problem),
                   cat("the ", field, ' ', quote(text.text()), " is not a ", form_words), scratch);
    if (is_valid_name(form, lower)) scratch.diags.all().back().hinting(cat("did you mean ", quote(lower), "?"));
  }
  return false;
}

static bool check_map(View map, std::string_view path, std::vector<std::string> (&problems_of)(View, std::string_view), Scratch& scratch) {
  const std::vector<std::string> problems = problems_of(map, path);
  for (size_t i = 0; i < std::min(problems.size(), kMostReports); ++i) report_problem(map, std::string(path), problems[i], problems[i], scratch);
  return problems.empty();
}

bool validate_metadata(View metadata, Scratch& scratch) {
  const bool name = check_text(metadata["name"], "name", NameForm::Dns1123Subdomain, "lower-case DNS name", scratch);
  const bool name_space = check_text(metadata["namespace"], "namespace", NameForm::Dns1123Label, "lower-case DNS label", scratch);
  const bool labels = check_map(metadata["labels"], "metadata.labels", label_problems, scratch);
  return check_map(metadata["annotations"], "metadata.annotations", annotation_problems, scratch) && name && name_space && labels;
}

}  // namespace isvcc
