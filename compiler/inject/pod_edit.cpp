#include "inject/pod_edit.h"

#include <algorithm>

#include "inject/pod_values.h"

namespace isvcc {

static std::vector<const Node*> items_of(View list) { return {list.items().begin(), list.items().end()}; }

// True when `items` are the very nodes of the list.
static bool untouched(View list, const std::vector<const Node*>& items) {
  return std::equal(list.items().begin(), list.items().end(), items.begin(), items.end());
}

// A list keeps its place in the source when it grows.
static void put_list(MapBuilder& fields, Make make, std::string_view key, const std::vector<const Node*>& items) {
  const View before = fields.get(key);
  if (!untouched(before, items)) fields.set(key, make.at(before).list(items));
}

ContainerEdit::ContainerEdit(View container, Make make)
    : args(items_of(container["args"])),
      env(items_of(container["env"])),
      mounts(items_of(container["volumeMounts"])),
      original_(container),
      make_(make.at(container)),
      fields_(make_, container) {}

void ContainerEdit::set(std::string_view key, const Node* value) {
  fields_.set(key, value);
  changed_ = true;
}

size_t ContainerEdit::env_at(std::string_view name) const {
  size_t i = 0;
  while (i < env.size() && View(env[i])["name"].text() != name) ++i;
  return i;
}

void ContainerEdit::add_env_unless_present(const Node* entry) {
  if (!env_entry(View(entry)["name"].text())) env.push_back(entry);
}

void ContainerEdit::set_env_value(Make make, size_t i, std::string_view value) {
  env[i] = make.with(env[i], "value", value.empty() ? nullptr : make.text(value));
}

void ContainerEdit::set_env(Make make, std::string_view name, std::string_view value) {
  const size_t at = env_at(name);
  if (at < env.size()) set_env_value(make, at, value);
  else env.push_back(env_value(make, name, value));
}

void ContainerEdit::merge_env(Make make, const std::vector<const Node*>& entries) {
  std::vector<const Node*> extra;
  for (const Node* entry : entries) {
    const size_t at = env_at(View(entry)["name"].text());
    if (at < env.size()) set_env_value(make, at, View(entry)["value"].text());
    else extra.push_back(entry);
  }
  env.insert(env.end(), extra.begin(), extra.end());
}

bool ContainerEdit::mounts_volume(std::string_view volume) const {
  return std::any_of(mounts.begin(), mounts.end(), [&](const Node* mount) { return View(mount)["name"].text() == volume; });
}

bool ContainerEdit::add_mount_unless_present(const Node* mount) {
  if (mounts_volume(View(mount)["name"].text())) return false;
  mounts.push_back(mount);
  return true;
}

void ContainerEdit::set_run_as_user(Make make, int64_t uid) {
  set("securityContext", make.with(get("securityContext"), "runAsUser", make.integer(uid)));
}

const Node* ContainerEdit::build() const {
  const bool same =
      !changed_ && untouched(original_["args"], args) && untouched(original_["env"], env) && untouched(original_["volumeMounts"], mounts);
  if (same) return original_.node();
  MapBuilder out = fields_;
  put_list(out, make_, "args", args);
  put_list(out, make_, "env", env);
  put_list(out, make_, "volumeMounts", mounts);
  return out.build();
}

PodEdit::PodEdit(View spec, Make make) : volumes(items_of(spec["volumes"])), make_(make.at(spec)), fields_(make_, spec) {
  for (const Node* container : spec["containers"].items()) append_container(container, make);
  for (const Node* container : spec["initContainers"].items()) append_init_container(container, make);
}

static ContainerEdit* find_named(std::list<ContainerEdit>& list, std::string_view name) {
  for (ContainerEdit& container : list)
    if (container.name() == name) return &container;
  return nullptr;
}

ContainerEdit* PodEdit::container(std::string_view name) { return find_named(containers, name); }
ContainerEdit* PodEdit::init_container(std::string_view name) { return find_named(init_containers, name); }

void PodEdit::add_volume_unless_present(const Node* volume) {
  const std::string_view name = View(volume)["name"].text();
  if (std::none_of(volumes.begin(), volumes.end(), [&](const Node* v) { return View(v)["name"].text() == name; }))
    volumes.push_back(volume);
}

static std::vector<const Node*> built(const std::list<ContainerEdit>& list) {
  std::vector<const Node*> out;
  out.reserve(list.size());
  for (const ContainerEdit& container : list) out.push_back(container.build());
  return out;
}

const Node* PodEdit::build() const {
  MapBuilder out = fields_;
  put_list(out, make_, "containers", built(containers));
  put_list(out, make_, "initContainers", built(init_containers));
  put_list(out, make_, "volumes", volumes);
  return out.build();
}

}  // namespace isvcc
