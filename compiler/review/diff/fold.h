#pragma once
// Changes that many services share, told once: "the same image bump in 212 services". Names of the service inside names and values
// count as equal.
#include <string>
#include <vector>

#include "review/diff/report.h"

namespace isvcc::diff {

inline constexpr std::string_view kServicePlaceholder = "{service}";
inline constexpr std::string_view kNamespacePlaceholder = "{namespace}";

// A change of a service: an object made or deleted, or one of its changes.
struct ChangeRef {
  size_t object = 0;
  std::optional<size_t> change;  // nothing: the object as a whole
  bool generic = false;          // of a bundle: the services' texts differ by the service's name, print placeholders
};

// A change that several services share. In pods it is the same whatever kind of object makes them.
struct SharedChange {
  ChangeRef place;                   // of the first service
  std::vector<std::string> objects;  // "Deployment {service}-predictor": where it is, everywhere
};

// Changes that the same two or more services have.
struct Bundle {
  std::vector<size_t> services;       // positions in Report::services, at least two
  std::vector<SharedChange> changes;  // those of the same objects stand together
  Effects effects;
};

struct Folding {
  std::vector<Bundle> bundles;                // by effect, then by the number of services
  std::vector<std::vector<ChangeRef>> own;    // per service: what it shares with nobody
  std::vector<std::vector<size_t>> shared;    // per service: its bundles
};

Folding fold(const Report& report);

// `text` with the service's name and namespace, where they stand as whole words, replaced by placeholders.
std::string generic(std::string_view text, const ObjectRef& service);

}  // namespace isvcc::diff
