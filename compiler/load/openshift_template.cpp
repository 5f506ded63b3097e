#include "load/openshift_template.h"

#include <algorithm>

#include "base/text.h"
#include "load/reader.h"

namespace isvcc {

bool is_openshift_template(View root) {
  const std::string_view version = root["apiVersion"].text();
  return root["kind"].text() == "Template" && (version == "template.openshift.io/v1" || version == "v1") && root["objects"].is_list();
}

static bool is_name_character(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'; }

// The length of a NAME at the start of `text`.
static size_t name_length(std::string_view text) { return static_cast<size_t>(std::find_if_not(text.begin(), text.end(), is_name_character) - text.begin()); }

static bool refers_to_parameter(std::string_view text) {
  for (size_t at = text.find("${"); at != std::string_view::npos; at = text.find("${", at + 2))
    if (const size_t length = name_length(text.substr(at + 2)); length > 0 && text.substr(at + 2 + length, 1) == "}") return true;
  return false;
}

// The NAME of a text that is ${{NAME}} and nothing else.
static std::string_view whole_reference(std::string_view text) {
  if (!starts_with(text, "${{") || !ends_with(text, "}}") || text.size() < 6) return {};
  const std::string_view name = text.substr(3, text.size() - 5);
  return name_length(name) == name.size() ? name : std::string_view();
}

namespace {

class Template {
 public:
  Template(View root, const TemplateValues& given, uint64_t& left, const Limits& limits, Scratch& scratch) : root_(root), limits_(limits), scratch_(scratch), left_(left) {
    for (const Node* parameter : root["parameters"].items()) set(parameter, given);
  }

  std::optional<std::vector<const Node*>> objects() {
    std::vector<const Node*> out;
    for (const Node* object : root_["objects"].items()) out.push_back(labelled(replaced(without_namespace(object))));
    if (full_)
      scratch_.diags.report(Code::LimitExceeded, Stage::Load, root_["objects"], cat("the template with its values: ", over(Limit::file_bytes, limits_))).hinting(how_to_raise(Limit::file_bytes));
    return fine_ && !full_ ? std::optional(out) : std::nullopt;
  }

 private:
  void set(View parameter, const TemplateValues& given) {
    const std::string name(parameter["name"].text());
    if (name.empty()) return;  // nothing can refer to it
    const auto found = given.find(name);
    std::string value(found != given.end() ? std::string_view(found->second) : parameter["value"].text());
    const bool generated = !parameter["generate"].text().empty();
    if (value.empty() && (generated || parameter["required"].is_true())) refuse(parameter, name, generated);
    values_[name] = std::move(value);
  }

  void refuse(View parameter, const std::string& name, bool generated) {
    fine_ = false;
    scratch_.diags.report(Code::BadTemplate, Stage::Load, parameter["name"] ? parameter["name"] : parameter,
                          cat("parameter ", quote(name), generated ? " is random in a cluster and has no value here" : " is required and has no value"))
        .hinting(cat("write ", name, "=… into a file and name it with --template-param-file"));
  }

  // A namespace that is no parameter is left to whoever creates the object.
  const Node* without_namespace(View object) {
    const View metadata = object["metadata"], space = metadata["namespace"];
    if (space.text().empty() || refers_to_parameter(space.text())) return object.node();
    const Make make = Make(scratch_.arena).at(object);
    return make.with(object, "metadata", make.without(metadata, "namespace"));
  }

  const Node* labelled(View object) {
    if (root_["labels"].fields().empty()) return object.node();
    const Make make = Make(scratch_.arena).at(root_["labels"]);
    const View metadata = object["metadata"];
    const Node* labels = make.overlay({metadata["labels"], replaced(root_["labels"])});
    return make.with(object, "metadata", make.with(metadata, "labels", labels));
  }

  // As deep as the template, which the readers have bounded.
  const Node* replaced(View value) {
    if (value.is_text()) return contains(value.text(), "${") ? replaced_text(value) : value.node();
    if (value.is_map()) return replaced_map(value);
    if (value.is_list()) return replaced_list(value);
    return value.node();
  }

  const Node* replaced_map(View map) {
    const Make make = Make(scratch_.arena).at(map);
    std::vector<Field> fields(map.fields().begin(), map.fields().end());
    bool changed = false;
    for (Field& f : fields) {
      const Node* value = replaced(f.value);
      const bool new_key = contains(f.key(), "${");
      changed = changed || new_key || value != f.value;
      f.value = value;
      if (!new_key) continue;
      const View key = make.text(with_values(f.key()));
      f.key_text = key.text().data();
      f.key_size = static_cast<uint32_t>(key.text().size());
    }
    return changed ? make.fields(fields) : map.node();
  }

  const Node* replaced_list(View list) {
    std::vector<const Node*> items(list.items().begin(), list.items().end());
    for (const Node*& item : items) item = replaced(item);
    const bool same = std::equal(items.begin(), items.end(), list.items().begin());
    return same ? list.node() : Make(scratch_.arena).at(list).list(items);
  }

  const Node* replaced_text(View text) {
    const Make make = Make(scratch_.arena).at(text);
    const auto value = values_.find(whole_reference(text.text()));
    if (value == values_.end()) return make.text(with_values(text.text()));
    if (!take(value->second.size())) return text.node();
    // Any JSON value; what is none is a text.
    const Node* parsed = parse_json(value->second, scratch_.arena);
    return parsed ? parsed : make.text(value->second);
  }

  std::string with_values(std::string_view text) {
    std::string out;
    while (!text.empty()) {
      const size_t at = text.find("${"), length = at == std::string_view::npos ? 0 : name_length(text.substr(at + 2));
      const bool reference = length > 0 && text.substr(at + 2 + length, 1) == "}";
      const auto value = reference ? values_.find(text.substr(at + 2, length)) : values_.end();
      const size_t copied = at == std::string_view::npos ? text.size() : value == values_.end() ? at + 2 : at;
      out += text.substr(0, copied);
      text.remove_prefix(copied);
      if (value == values_.end()) continue;
      if (!take(value->second.size())) return out;
      out += value->second;
      text.remove_prefix(length + 3);
    }
    return out;
  }

  bool take(size_t bytes) {
    if (bytes > left_) full_ = true;
    else left_ -= bytes;
    return !full_;
  }

  View root_;
  const Limits& limits_;
  Scratch& scratch_;
  TemplateValues values_;
  uint64_t& left_;
  bool fine_ = true, full_ = false;
};

}  // namespace

std::optional<std::vector<const Node*>> processed_template(View root, const TemplateValues& values, uint64_t& left, const Limits& limits, Scratch& scratch) {
  return Template(root, values, left, limits, scratch).objects();
}

bool read_template_values(std::string_view text, TemplateValues& to, std::string& error) {
  size_t number = 0;
  for (std::string_view line : split(text, '\n')) {
    ++number;
    if (ends_with(line, "\r")) line.remove_suffix(1);
    if (trim(line).empty() || line[0] == '#') continue;
    const size_t length = name_length(line);
    if (length == 0 || line.substr(length, 1) != "=") {
      error = cat("line ", number, " is not NAME=VALUE");
      return false;
    }
    to[std::string(line.substr(0, length))] = line.substr(length + 1);
  }
  return true;
}

}  // namespace isvcc
