#pragma once
// A core/v1 Secret as the API server would serve it: stringData laid over data, data decoded. Values are read only where KServe does.
#include <optional>
#include <string>

#include "kserve/object.h"

namespace isvcc {

class Secret {
 public:
  explicit Secret(const Object& object) : object_(&object) {}

  std::string_view name() const { return object_->name; }
  View annotations() const { return isvcc::annotations(object_->view()); }
  // "kubernetes.io/dockerconfigjson", …; empty for an opaque one without a type.
  std::string_view type() const { return object_->view()["type"].text(); }
  bool has(std::string_view key) const { return static_cast<bool>(entry(key)); }
  // The decoded value; empty text when it is no base64.
  std::optional<std::string> value(std::string_view key) const;
  // The value as written, for diagnostics.
  View entry(std::string_view key) const;

 private:
  const Object* object_;
};

}  // namespace isvcc
