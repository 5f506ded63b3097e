// Amounts that containers ask for and get: validateResourceRequirements.
#include <algorithm>

#include "base/text.h"
#include "lint/api_breaches.h"
#include "ops/quantity.h"

namespace isvcc {
namespace {

bool is_huge_pages(std::string_view name) { return starts_with(name, "hugepages-"); }
bool is_native(std::string_view name) { return !contains(name, "/") || contains(name, "kubernetes.io/"); }
bool may_be_overcommitted(std::string_view name) { return is_native(name) && !is_huge_pages(name); }
// Devices: counted in whole numbers.
bool is_extended(std::string_view name) { return !is_native(name) && !starts_with(name, "requests.") && is_valid_name(NameForm::QualifiedName, cat("requests.", name)); }

constexpr std::string_view kOfContainers[] = {"cpu", "memory", "ephemeral-storage"};
constexpr std::string_view kOfQuotas[] = {
    "requests.cpu",           "requests.memory", "requests.ephemeral-storage", "limits.cpu", "limits.memory",          "limits.ephemeral-storage", "pods",
    "resourcequotas",         "services",        "replicationcontrollers",     "secrets",    "configmaps",             "persistentvolumeclaims",   "storage",
    "requests.storage",       "services.nodeports", "services.loadbalancers"};

template <size_t Count>
bool is_among(const std::string_view (&names)[Count], std::string_view name) {
  return std::find(std::begin(names), std::end(names), name) != std::end(names);
}

// validateContainerResourceName
void check_resource_name(const Field& amount, const Path& path, const Breaches& out) {
  const std::string_view name = amount.key();
  if (is_among(kOfContainers, name) || is_huge_pages(name)) return;
  auto refuse = [&](std::string_view why) { out.invalid(amount.value, path, go_quote(name), why, cat("there is no resource ", quote(name), ": ", why)); };
  const std::vector<std::string> problems = name_problems(NameForm::QualifiedName, name);
  for (const std::string& problem : problems) refuse(problem);
  if (!contains(name, "/")) {
    const bool of_quotas = is_among(kOfQuotas, name) || starts_with(name, "requests.hugepages-");
    if (problems.empty() && !of_quotas) refuse("must be a standard resource type or fully qualified");
    refuse("must be a standard resource for containers");
  } else if (!is_native(name) && !is_extended(name)) {
    refuse("doesn't follow extended resource name standard");
  }
}

bool is_whole_number(std::string_view text) { return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; }); }

// ValidateResourceQuantityValue
void check_amount(const Field& amount, const Path& path, const Breaches& out) {
  const View value = amount.value;
  if (value.is_text() ? is_whole_number(value.text()) : value.integer().value_or(-1) >= 0) return;
  const bool whole = is_extended(amount.key());
  const bool may_be_negative = !value.is_text() || starts_with(trim(value.text()), "-");
  if (!whole && !may_be_negative) return;
  const auto quantity = Quantity::parse(value);
  if (!quantity) return;
  if (quantity->sign() < 0) out.invalid(value, path, go_quote(quantity->text()), "must be greater than or equal to 0", cat(quote(path.text()), " is negative"));
  if (whole && quantity->milli_value().value_or(0) % 1000 != 0)
    out.invalid(value, path, go_quote(quantity->text()), "must be an integer", cat(amount.key(), " comes in whole numbers, not as ", quantity->text()));
}

void check_limit(View container, const Field& request, View limits, const Path& resources, const Breaches& out) {
  const std::string_view name = request.key();
  const View limit = limits[name];
  const Path at = resources.key("requests");
  if (!limit && !may_be_overcommitted(name))
    return out.required(request.value, resources.key("limits"), "Limit must be set for non overcommitable resources");
  if (!limit || equal(limit, request.value)) return;
  const auto asked = Quantity::parse(View(request.value)), most = Quantity::parse(limit);
  if (!asked || !most) return;
  const int order = asked->compare(*most);
  if (order != 0 && !may_be_overcommitted(name))
    out.invalid(request.value, at, go_quote(asked->text()), cat("must be equal to ", name, " limit of ", most->text()),
                cat("container ", quote(container["name"].text()), " requests ", asked->text(), " of ", name, " but its limit is ", most->text(), ": such resources cannot be overcommitted"));
  else if (order > 0)
    out.invalid(request.value, at, go_quote(asked->text()), cat("must be less than or equal to ", name, " limit of ", most->text()),
                cat("container ", quote(container["name"].text()), " requests ", asked->text(), " of ", name, ", more than its limit of ", most->text()));
}

}  // namespace

void check_resources(View container, const Path& path, const Breaches& out) {
  const View resources = container["resources"], limits = resources["limits"], requests = resources["requests"];
  const Path around = path.key("resources");
  bool huge_pages = false;
  for (const std::string_view kind : {"limits", "requests"}) {
    const Path map = around.key(kind);
    for (const Field& amount : resources[kind].fields()) {
      const Path at = map.entry(amount.key());
      check_resource_name(amount, at, out);
      check_amount(amount, at, out);
      huge_pages = huge_pages || is_huge_pages(amount.key());
    }
  }
  for (const Field& request : requests.fields()) check_limit(container, request, limits, around, out);
  if (huge_pages && !limits["cpu"] && !limits["memory"] && !requests["cpu"] && !requests["memory"]) out.forbidden(resources, around, "HugePages require cpu or memory");
}

}  // namespace isvcc
