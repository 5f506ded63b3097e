#pragma once
// How the rules of lint/api_*.cpp tell what they find, in the API server's forms. Internal to lint/.
#include <initializer_list>
#include <string_view>

#include "lint/api_rules.h"
#include "ops/names.h"

namespace isvcc {

class Breaches {
 public:
  explicit Breaches(const TellBreach& tell, View admitted = {}) : tell_(tell), admitted_(admitted) {}

  void required(View around, const Path& path, std::string_view why = {}) const;
  void duplicate(View value, const Path& path) const;
  void forbidden(View value, const Path& path, std::string_view why) const;
  void not_found(View value, const Path& path, std::string message) const;
  // `shown`: the value in the API server's form; `why`: its reason; `message`: ours.
  void invalid(View value, const Path& path, std::string_view shown, std::string_view why, std::string message) const;

  // A text out of a list; absent values are fine.
  void one_of(View value, const Path& path, std::initializer_list<std::string_view> allowed) const;
  // The same where an empty text gets the default.
  void one_of_or_empty(View value, const Path& path, std::initializer_list<std::string_view> allowed) const;
  // The same, told about a whole that the API server shows.
  void unsupported(View value, const Path& path, std::string_view shown, std::initializer_list<std::string_view> allowed) const;
  // 1…65535; texts are names of ports. Absent values are fine.
  void port(View value, const Path& path) const;
  void name(View value, const Path& path, NameForm form) const;
  // The same where one has to be given.
  void needed_name(View map, std::string_view field, const Path& path, NameForm form) const;
  void not_negative(View value, const Path& path) const;
  // Above zero. Absent values are fine.
  void positive(View value, const Path& path) const;
  void key(View map, std::string_view field, const Path& path) const;  // a required key of a ConfigMap or Secret
  // Labels and annotations; those that KServe adds itself are not looked at.
  void labels(View metadata, const Path& path) const;
  void annotations(View metadata, const Path& path) const;
  // A map of labels that an object asks for.
  void wanted_labels(View labels, const Path& path) const;

 private:
  bool is_known(const Field& field, std::string_view map) const;

  const TellBreach& tell_;
  View admitted_;
};

// What a value asks of labels or of nodes: matchLabels and matchExpressions.
void check_label_selector(View selector, const Path& path, const Breaches& out);
// Limits and requests of a container.
void check_resources(View container, const Path& path, const Breaches& out);
// Where pods may go: selectors of nodes, affinities, tolerations, how they spread.
void check_scheduling(View pod, const Path& path, const Breaches& out);
void check_volumes(View pod, const Path& path, const Breaches& out);
// The spec of a claim of storage.
void check_claim_spec(View spec, View around, const Path& path, const Breaches& out);

// Whole objects.
void check_service(View object, const Breaches& out);
void check_ingress(View object, const Breaches& out);
void check_autoscaler(View object, const Breaches& out);

// What counts for containers besides themselves.
struct Around {
  View pod;             // its spec
  View claims = {};     // volumeClaimTemplates, of which a StatefulSet makes volumes
  bool probed = true;   // false: somebody else mends their probes
  bool has_volume(std::string_view volume) const;
};

// Everything below a pod's spec. `restart` lists the restart policies its owner allows; empty: all.
void check_pod(const Around& pod, const Path& path, std::initializer_list<std::string_view> restart, const Breaches& out);
void check_container(View container, const Path& path, const Around& around, const Breaches& out);

}  // namespace isvcc
