#include "review/facts.h"

#include "base/text.h"

namespace isvcc {

const Object* runtime_of(const ServiceFacts& service) {
  return service.plan && service.plan->runtime ? service.plan->runtime->object : nullptr;
}

static std::string qualified(std::string_view namespace_, std::string_view name) {
  return namespace_.empty() ? printable(name) : cat(printable(namespace_), '/', printable(name));
}

std::string short_name(const Object& object) { return qualified(object.namespace_, object.name); }

std::string long_name(const Object& object) { return cat(object.kind, ' ', short_name(object)); }

std::string long_name(View object) {
  const View meta = metadata(object);
  return cat(object["kind"].text(), ' ', qualified(meta["namespace"].text(), meta["name"].text()));
}

std::string place_of(const Object& object, const Sources& sources) {
  if (object.file == 0) return "bundled";
  const Source& source = sources.get(object.file);
  if (source.generated) return cat(printable(source.name), " at ", printable(object.json_path));
  const Span span = span_of(metadata(object.written)["name"]);
  return cat(printable(source.name), ':', sources.position(object.file, span.begin).line);
}

void write_ref(JsonWriter& json, const Object& object) {
  json.member("kind", object.kind).member_if("namespace", object.namespace_).member("name", object.name);
}

}  // namespace isvcc
