#include "review/explain_value.h"

#include "base/text.h"
#include "review/value_path.h"

namespace isvcc {
namespace {

struct FieldWords {
  std::string_view kind, name, path;  // empty: any
};

FieldWords take_apart(std::string_view field) {
  const size_t colon = field.find(':'), path_begins = field.find_first_of(".[");
  if (colon == std::string_view::npos || colon > path_begins) return {{}, {}, field};
  const std::string_view object = field.substr(0, colon);
  const size_t slash = std::min(object.find('/'), object.size());
  return {object.substr(0, slash), object.substr(std::min(slash + 1, object.size())), field.substr(colon + 1)};
}

bool named_by(const FieldWords& words, View object) {
  return (words.kind.empty() || words.kind == object["kind"].text()) && (words.name.empty() || words.name == object["metadata"]["name"].text());
}

struct Reach {
  std::string path;   // as far as it leads somewhere
  View value;
};

// Shortens the path step by step from its end.
Reach reach(View object, const ValuePath& path) {
  for (size_t length = path.size(); length > 0; --length)
    if (const View value = path.head(length).in(object)) return {path.head(length).text(), value};
  return {"", object};
}

std::string ways_on(View value) {
  std::vector<std::string> words;
  for (const Field& f : value.fields()) words.push_back(printable(f.key()));
  for (size_t i = 0; i < value.items().size(); ++i) {
    const std::string_view name = value.item(i)["name"].text();
    words.push_back(name.empty() ? cat('[', i, ']') : cat('[', printable(name), ']'));
  }
  return join(words, ", ");
}

}  // namespace

std::vector<ValueQuestion> find_values(std::string_view field, const std::vector<View>& objects) {
  const FieldWords words = take_apart(field);
  std::vector<ValueQuestion> found;
  for (const View& object : objects) {
    const ValuePath path(object, words.path);
    if (named_by(words, object) && path.in(object)) found.push_back({object, path.indexed_text(object)});
  }
  return found;
}

std::string nearest_path(std::string_view field, const std::vector<View>& objects) {
  const FieldWords words = take_apart(field);
  Reach best;
  View holder;
  for (const View& object : objects) {
    if (!named_by(words, object)) continue;
    const Reach here = reach(object, ValuePath(object, words.path));
    if (!holder || here.path.size() > best.path.size()) best = here, holder = object;
  }
  if (!holder) return "no such object is rendered for it";
  return cat(holder["kind"].text(), ' ', printable(holder["metadata"]["name"].text()), " has ", best.path.empty() ? "at its root" : printable(best.path), ": ", ways_on(best.value));
}

}  // namespace isvcc
