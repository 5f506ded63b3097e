#include "load/jsonnet/natives.h"

extern "C" {
#include <libjsonnet.h>
}

#include <algorithm>
#include <string>
#include <vector>

#include "base/text.h"
#include "load/jsonnet/json_indent.h"
#include "load/jsonnet/overlay.h"
#include "load/jsonnet/regex.h"
#include "load/reader.h"

namespace isvcc::jsonnet {

using Json = JsonnetJsonValue;

namespace {

// One call from Jsonnet.
struct Call {
  JsonnetVm* vm;
  YamlPrinter print_yaml;
  const char* function;
  std::vector<std::string> texts;  // the first arguments, those that are texts
  const Json* const* arguments;
  bool failed = false;

  Json* answer(const std::string& text) const { return jsonnet_json_make_string(vm, text.c_str()); }
  // Its text becomes a Jsonnet error.
  Json* fail(const std::string& why) {
    failed = true;
    return answer(cat(function, ": ", why));
  }
};

// Bounded by Limits::depth.
Json* to_json(JsonnetVm* vm, View value) {
  if (value.is_map()) {
    Json* object = jsonnet_json_make_object(vm);
    for (const Field& field : value.fields()) jsonnet_json_object_append(vm, object, std::string(field.key()).c_str(), to_json(vm, field.value));
    return object;
  }
  if (value.is_list()) {
    Json* array = jsonnet_json_make_array(vm);
    for (View item : value.items()) jsonnet_json_array_append(vm, array, to_json(vm, item));
    return array;
  }
  if (value.is_text()) return jsonnet_json_make_string(vm, std::string(value.text()).c_str());
  if (const auto flag = value.boolean()) return jsonnet_json_make_bool(vm, *flag);
  if (value.is(Kind::Int)) return jsonnet_json_make_number(vm, static_cast<double>(value.node()->i));
  if (value.is(Kind::Uint)) return jsonnet_json_make_number(vm, static_cast<double>(value.node()->u));
  if (value.is(Kind::Float)) return jsonnet_json_make_number(vm, value.node()->d);
  return jsonnet_json_make_null(vm);
}

// What a text holds, and the memory it lives in.
struct Parsed {
  Arena arena;
  std::vector<const Node*> values;
  std::string error;
};

void parse(Parsed& parsed, const std::string& text, bool yaml) {
  Diagnostics diags;
  Scratch scratch{parsed.arena, diags};
  parsed.values = yaml ? read_yaml(text, 0, YamlEngine::LibYaml, Limits(), scratch) : read_json(text, 0, Limits(), scratch);
  for (const Diagnostic& diag : diags.all())
    if (diag.severity == Severity::Error && parsed.error.empty() && (yaml || diag.code != Code::DuplicateKey)) parsed.error = diag.message;
  // A JSON null is no document; here it is a value.
  if (!yaml && parsed.error.empty() && parsed.values.empty() && trim(text) == "null") parsed.values.push_back(Make(parsed.arena).null());
  if (!yaml && parsed.error.empty() && parsed.values.size() != 1) parsed.error = "expected one JSON value";
}

Json* parse_json_text(Call& call) {
  Parsed parsed;
  parse(parsed, call.texts[0], false);
  return parsed.error.empty() ? to_json(call.vm, parsed.values[0]) : call.fail(parsed.error);
}

// Always a list: one value for each document.
Json* parse_yaml_text(Call& call) {
  Parsed parsed;
  parse(parsed, call.texts[0], true);
  if (!parsed.error.empty()) return call.fail(parsed.error);
  Json* list = jsonnet_json_make_array(call.vm);
  for (const Node* document : parsed.values) jsonnet_json_array_append(call.vm, list, to_json(call.vm, document));
  return list;
}

Json* print_json(Call& call) {
  Parsed parsed;
  parse(parsed, call.texts[0], false);
  double indent = 0;
  jsonnet_json_extract_number(call.vm, call.arguments[1], &indent);
  if (!parsed.error.empty()) return call.fail(parsed.error);
  return call.answer(indent_json(call.texts[0], static_cast<size_t>(std::clamp(indent, 0.0, 16.0))) + '\n');
}

// Go reads every number of a JSON text as a float, and prints it as one.
const Node* with_floats(View value, Make make) {
  if (value.is(Kind::Int)) return make.number(static_cast<double>(value.node()->i));
  if (value.is(Kind::Uint)) return make.number(static_cast<double>(value.node()->u));
  if (value.is_map()) {
    std::vector<Entry> entries;
    for (const Field& field : value.fields()) entries.push_back({field.key(), with_floats(field.value, make)});
    return make.map(entries);
  }
  if (!value.is_list()) return value.node();
  std::vector<const Node*> items(value.items().begin(), value.items().end());
  for (const Node*& item : items) item = with_floats(item, make);
  return make.list(items);
}

Json* print_yaml(Call& call) {
  Parsed parsed;
  parse(parsed, call.texts[0], false);
  if (!parsed.error.empty()) return call.fail(parsed.error);
  if (!call.print_yaml) return call.fail("not available here");
  std::string out;
  call.print_yaml(out, with_floats(parsed.values[0], Make(parsed.arena)));
  return call.answer(out);
}

Json* match(Call& call) {
  std::string error;
  const bool found = regex_matches(call.texts[0], call.texts[1], error);
  return error.empty() ? jsonnet_json_make_bool(call.vm, found) : call.fail(error);
}

Json* substitute(Call& call) {
  std::string error;
  const std::string out = regex_replaced(call.texts[0], call.texts[1], call.texts[2], error);
  return error.empty() ? call.answer(out) : call.fail(error);
}

Json* escape(Call& call) { return call.answer(regex_quoted(call.texts[0])); }
Json* hash(Call& call) { return call.answer(sha256_hex(call.texts[0])); }

Json* refuse(Call& call) {
  return call.fail("it would start another program or use the network, and isvcc does neither; render beforehand and import the result");
}

struct Function {
  const char* name;
  const char* parameters[5];  // up to a null
  size_t texts;               // so many parameters, from the first, must be texts
  Json* (*call)(Call&);
};

constexpr Function kFunctions[] = {
    {"parseJson", {"json"}, 1, parse_json_text},
    {"parseYaml", {"yaml"}, 1, parse_yaml_text},
    {"manifestJsonFromJson", {"json", "indent"}, 1, print_json},
    {"manifestYamlFromJson", {"json"}, 1, print_yaml},
    {"escapeStringRegex", {"str"}, 1, escape},
    {"regexMatch", {"regex", "string"}, 2, match},
    {"regexSubst", {"regex", "src", "repl"}, 3, substitute},
    {"sha256", {"str"}, 1, hash},
    {"helmTemplate", {"name", "chart", "opts"}, 0, refuse},
    {"kustomizeBuild", {"path", "opts"}, 0, refuse},
    {"resolveImage", {"image"}, 0, refuse},
};

}  // namespace

struct NativeContext {
  JsonnetVm* vm;
  YamlPrinter print_yaml;
  const Function* function;
};

static Json* call_function(void* context, const Json* const* arguments, int* success) {
  const auto& native = *static_cast<const NativeContext*>(context);
  Call call{native.vm, native.print_yaml, native.function->name, {}, arguments};
  Json* result = nullptr;
  for (size_t i = 0; i < native.function->texts && !result; ++i) {
    const char* text = jsonnet_json_extract_string(native.vm, arguments[i]);
    if (!text) result = call.fail(cat("expected a string for ", native.function->parameters[i]));
    call.texts.emplace_back(text ? text : "");
  }
  if (!result) result = native.function->call(call);
  *success = !call.failed;
  return result;
}

Natives::Natives(JsonnetVm* vm, YamlPrinter print_yaml) {
  for (const Function& function : kFunctions) {
    contexts_.push_back(std::make_unique<NativeContext>(NativeContext{vm, print_yaml, &function}));
    for (const std::string& name : {std::string(function.name), cat(kNativePrefix, function.name)})
      jsonnet_native_callback(vm, name.c_str(), call_function, contexts_.back().get(), function.parameters);
  }
}

Natives::~Natives() = default;

}  // namespace isvcc::jsonnet
