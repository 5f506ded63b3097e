#include "merge/env.h"

#include <algorithm>

namespace isvcc {

static const Node* with_env(View container, std::string_view name, std::string_view value, Make make) {
  const View env = container["env"];
  const auto items = env.items();
  const auto found = std::find_if(items.begin(), items.end(), [&](const Node* e) { return View(e)["name"].text() == name; });
  const Node* text = make.text(value);
  if (found == items.end()) return make.with(container, "env", make.appended(env, make.map({{"name", make.text(name)}, {"value", text}})));
  const auto i = static_cast<size_t>(found - items.begin());
  return make.with(container, "env", make.replaced(env, i, make.with(*found, "value", value.empty() ? nullptr : text)));
}

bool add_env(std::vector<const Node*>& containers, std::string_view container_name, std::string_view name, std::string_view value, Make make) {
  bool found = false;
  for (const Node*& container : containers) {
    if (View(container)["name"].text() != container_name) continue;
    container = with_env(container, name, value, make);
    found = true;
  }
  return found;
}

}  // namespace isvcc
