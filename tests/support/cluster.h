#pragma once
// A cluster in miniature: a release, its configuration, some objects. What tests of the phases behind loading have in common.
#include <deque>
#include <string>

#include "kserve/bundled.h"
#include "kserve/profile.h"
#include "load/reader.h"
#include "repo/repository.h"

namespace isvcc::test {

class Cluster {
 public:
  Cluster(std::string_view release, std::string_view image_tag);
  Cluster(const Cluster&) = delete;
  Cluster& operator=(const Cluster&) = delete;

  const Node* parse(std::string_view yaml);
  static std::string json(View value);
  bool reported(Code code) const;
  std::deque<Diagnostic>& findings() { return diags_.all(); }
  Arena& arena() { return arena_; }
  Scratch& scratch() { return scratch_; }
  Profile& profile() { return profile_; }
  const Repository& repository();

 protected:
  void add_object(View object);
  void add_objects(std::string_view yaml);
  void set_config(View data);
  void lay_over_config(std::string_view yaml);

 private:
  Arena arena_;
  Diagnostics diags_;
  Scratch scratch_{arena_, diags_};
  Repository repository_;
  Profile profile_;
  const Node* config_data_ = nullptr;
  bool finished_ = false;
};

// The same for a World whose calls are chained.
template <class World>
class ClusterOf : public Cluster {
 public:
  using Cluster::Cluster;

  // Objects, one or several documents. Those without a namespace belong to "default", but for cluster-scoped kinds.
  World& add(std::string_view yaml) { return add_objects(yaml), self(); }
  World& add(View object) { return add_object(object), self(); }
  // Laid over the release's default configuration, key by key.
  World& config(std::string_view yaml) { return lay_over_config(yaml), self(); }
  World& replace_config(View data) { return set_config(data), self(); }

 private:
  World& self() { return static_cast<World&>(*this); }
};

}  // namespace isvcc::test
