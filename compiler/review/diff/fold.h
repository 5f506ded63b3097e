#pragma once
// Changes told once: what many services share ("the same image bump in 212 services"), and what one service has in several objects.
// The service's own name inside names and values counts as equal, and so does what stands around the part of a value that changes.
#include <optional>
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
};

struct ObjectName {
  std::string kind, name;
  bool operator==(const ObjectName&) const = default;
  auto operator<=>(const ObjectName&) const = default;
};

struct ToldChange {
  ChangeRef place;                    // where to read it; of the first service when it is shared
  std::vector<ObjectName> objects;    // every object that has it, sorted; with placeholders when it is shared
  bool placeholders = false;          // texts differ by the names of the services
  std::vector<std::string> variants;  // two or more: what stands around the part that changes, "kserve/agent:…"
};

// Changes that the same two or more services have.
struct Bundle {
  std::vector<size_t> services;     // positions in Report::services, at least two
  std::vector<ToldChange> changes;  // those of the same objects stand together
  Effects effects;
};

struct Folding {
  std::vector<Bundle> bundles;               // by effect, then by the number of services
  std::vector<std::vector<ToldChange>> own;  // per service: what it shares with nobody
  std::vector<std::vector<size_t>> shared;   // per service: its bundles
};

Folding fold(const Report& report);

// `text` with the service's name and namespace, where they stand as whole words, replaced by placeholders.
std::string generic(std::string_view text, const ObjectRef& service);

const ObjectChange& object_of(const ServiceChange& service, const ToldChange& told);
// Null for an object as a whole.
const Change* change_of(const ServiceChange& service, const ToldChange& told);
Effects effects_of(const ServiceChange& service, const ToldChange& told);

}  // namespace isvcc::diff
