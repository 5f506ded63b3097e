#include "review/diff/service_renames.h"

#include <algorithm>

#include "review/diff/renames.h"

namespace isvcc::diff {
namespace {

constexpr size_t kMostServices = 100;  // on one side only: with more, somebody moves everything
constexpr int kAlike = 800;

struct Candidate {
  size_t gone, made;
  int alike;
};

View spec_of(const SideService& s) { return View(s.stored)["spec"]; }

// The same name in another namespace wins over another name with the same content.
int likeness(const ServiceChange& gone, const ServiceChange& made) {
  if (gone.ref.kind != made.ref.kind) return 0;
  const int alike = similarity(spec_of(gone.before), spec_of(made.after), {});
  return alike < kAlike ? 0 : alike + (gone.ref.name == made.ref.name ? 1000 : 0);
}

std::vector<Candidate> candidates_in(const std::vector<ServiceChange>& services) {
  std::vector<size_t> gone, made;
  for (size_t i = 0; i < services.size(); ++i) {
    if (services[i].ref.kind.empty()) continue;
    if (services[i].after.state == ServiceState::Absent && services[i].before.stored) gone.push_back(i);
    if (services[i].before.state == ServiceState::Absent && services[i].after.stored) made.push_back(i);
  }
  std::vector<Candidate> out;
  if (gone.size() > kMostServices || made.size() > kMostServices) return out;
  for (size_t g : gone)
    for (size_t m : made)
      if (const int alike = likeness(services[g], services[m])) out.push_back({g, m, alike});
  std::stable_sort(out.begin(), out.end(), [](const Candidate& a, const Candidate& b) { return a.alike > b.alike; });
  return out;
}

}  // namespace

void find_renamed_services(std::vector<ServiceChange>& services) {
  for (const Candidate& c : candidates_in(services)) {
    ServiceChange &gone = services[c.gone], &made = services[c.made];
    if (gone.renamed_to || made.renamed_from) continue;
    gone.renamed_to = made.ref;
    made.renamed_from = gone.ref;
  }
}

}  // namespace isvcc::diff
