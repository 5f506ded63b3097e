#pragma once
// A cluster in miniature for tests of admission: a release, its configuration, objects that are there. One object at a time is admitted.
#include <string>
#include <vector>

#include "admit/admit.h"

namespace isvcc::test {

class Cluster {
 public:
  explicit Cluster(std::string_view release = "v0.20.0");
  Cluster(const Cluster&) = delete;
  Cluster& operator=(const Cluster&) = delete;

  // Laid over the release's default configuration, key by key.
  Cluster& config(std::string_view yaml);
  Cluster& absent(std::string_view kind);
  // Objects that are there already, one or several documents.
  Cluster& add(std::string_view yaml);
  // Admits one document, compared with what is there.
  Cluster& admit(std::string_view yaml);
  // An InferenceService iris in namespace default with this spec and these annotations.
  Cluster& service(std::string_view spec, std::string_view annotations = "{}");

  bool accepted() const { return stored_ != nullptr; }
  // A value of the stored object as compact JSON with sorted keys; "" when it is absent.
  std::string at(std::string_view path) const;
  View stored() const { return stored_; }
  // KServe's or the API server's text of the first error; "" when the object was accepted.
  std::string refusal() const;
  // The same with the stage in front: "validation: …".
  std::string staged_refusal() const;
  std::vector<std::string> warnings() const;
  const Diagnostic& first_error() const;
  const std::deque<Diagnostic>& findings() const { return diags_.all(); }

  const Node* parse(std::string_view yaml);
  Object object_of(View root) const;
  Repository& repository() { return repository_; }
  Profile& profile() { return profile_; }
  Scratch& scratch() { return scratch_; }

 private:
  Admission admit_object(const Object& object);

  Arena arena_;
  Diagnostics diags_;
  Scratch scratch_{arena_, diags_};
  Repository repository_;
  Profile profile_;
  const Node* config_data_;
  const Node* stored_ = nullptr;
};

}  // namespace isvcc::test
