#pragma once
// A pod under change: containers, their env and mounts, volumes. Every operation is one that KServe's Go code has, with its idea of
// "already there". Knows nothing about models.
#include <list>
#include <string_view>
#include <vector>

#include "tree/make.h"

namespace isvcc {

// One container. Lists are taken out for editing; build() puts them back and returns the original node when nothing changed.
class ContainerEdit {
 public:
  ContainerEdit(View container, Make make);

  std::string_view name() const { return get("name").text(); }
  View get(std::string_view key) const { return fields_.get(key); }
  // A null pointer removes.
  void set(std::string_view key, const Node* value);

  std::vector<const Node*> args, env, mounts;

  // The first entry of that name.
  View env_entry(std::string_view name) const { return env_at(name) < env.size() ? View(env[env_at(name)]) : View(); }
  void add_env_unless_present(const Node* entry);  // AppendEnvVarIfNotExists
  // Changes only `value`: an existing `valueFrom` stays, as upstream (AddOrReplaceEnv).
  void set_env(Make make, std::string_view name, std::string_view value);
  // Entries that are present keep their place and get only the new `value`; the others follow in order (MergeEnvs).
  void merge_env(Make make, const std::vector<const Node*>& entries);
  void set_env_value(Make make, size_t i, std::string_view value);

  bool mounts_volume(std::string_view volume) const;
  // False when the container mounts that volume already, wherever (AddVolumeMountIfNotPresent).
  bool add_mount_unless_present(const Node* mount);
  // securityContext.runAsUser, whatever it was.
  void set_run_as_user(Make make, int64_t uid);

  const Node* build() const;

 private:
  size_t env_at(std::string_view name) const;

  View original_;
  Make make_;
  MapBuilder fields_;
  bool changed_ = false;
};

class PodEdit {
 public:
  PodEdit(View spec, Make make);

  std::list<ContainerEdit> containers, init_containers;  // references stay valid while more are appended
  std::vector<const Node*> volumes;

  // The first one of that name; null when there is none.
  ContainerEdit* container(std::string_view name);
  ContainerEdit* init_container(std::string_view name);
  View get(std::string_view key) const { return fields_.get(key); }
  void set(std::string_view key, const Node* value) { fields_.set(key, value); }
  ContainerEdit& append_container(const Node* container, Make make) { return containers.emplace_back(container, make); }
  ContainerEdit& append_init_container(const Node* container, Make make) { return init_containers.emplace_back(container, make); }
  void add_volume_unless_present(const Node* volume);  // AppendVolumeIfNotExists

  const Node* build() const;

 private:
  Make make_;
  MapBuilder fields_;
};

}  // namespace isvcc
