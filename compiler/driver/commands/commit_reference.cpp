#include "driver/commands/commit_reference.h"

#include <algorithm>
#include <optional>

#include "base/text.h"
#include "driver/commands/mail_address.h"
#include "load/json_parser.h"
#include "ops/go_time.h"

namespace isvcc {
namespace {

constexpr std::string_view kPrefix = "Argocd-reference-commit-";
constexpr std::string_view kSeconds = "2026-01-02T03:04:05";

std::optional<std::string> commit_id(std::string_view value) {
  const bool good = value.size() >= 5 && value.size() <= 40 && value.find_first_not_of("0123456789abcdef") == std::string_view::npos;
  return good ? std::optional(std::string(value)) : std::nullopt;
}

// Whole seconds, in the zone that it is written in.
std::optional<std::string> date(std::string_view value) {
  std::string error;
  if (go_time(value, error).empty() || !error.empty()) return std::nullopt;
  const std::string_view zone = value.substr(value.find_first_of("Z+-", kSeconds.size()));
  return cat(value.substr(0, kSeconds.size()), zone == "+00:00" || zone == "-00:00" ? "Z" : zone);
}

// Null is no text, and no mistake.
std::optional<std::string> json_text(std::string_view value) {
  Arena arena;
  const Limits limits;
  TreeBuilder tree(0, limits, arena);
  JsonParser parser(value, 0, tree, arena);
  if (!is_utf8(value) || !parser.value() || !parser.at_end()) return std::nullopt;
  const View read = tree.last();
  return read.is_text() || read.is_null() ? std::optional(std::string(read.text())) : std::nullopt;
}

std::optional<std::string> as_it_is(std::string_view value) { return std::string(value); }

// What Go's url.Parse takes. "git@host:path" it does not.
std::optional<std::string> address(std::string_view value) {
  const size_t scheme = value.find("://"), colon = value.find(':'), slash = value.find('/');
  if (scheme == std::string_view::npos && colon < slash && colon != std::string_view::npos) return std::nullopt;
  const std::string_view host = scheme == std::string_view::npos ? std::string_view() : value.substr(scheme + 3, value.find('/', scheme + 3) - scheme - 3);
  return has_control(value) || contains(host, " ") || contains(host, "[") != contains(host, "]") ? std::nullopt : std::optional(std::string(value));
}

struct TrailerRow {
  std::string_view key;
  std::string HydratorReference::*member;
  std::optional<std::string> (*read)(std::string_view);  // nothing: not to be read
};
constexpr TrailerRow kTrailers[] = {
    {"author", &HydratorReference::author, mail_address}, {"date", &HydratorReference::date, date},     {"subject", &HydratorReference::subject, as_it_is},
    {"body", &HydratorReference::body, json_text},        {"sha", &HydratorReference::sha, commit_id}, {"repourl", &HydratorReference::repo_url, address},
};

bool take(std::string_view line, HydratorReference& reference) {
  const size_t colon = line.find(": ");
  if (!starts_with(line, kPrefix) || colon == std::string_view::npos) return false;
  const std::string_view key = line.substr(kPrefix.size(), colon - kPrefix.size());
  const auto row = std::find_if(std::begin(kTrailers), std::end(kTrailers), [&](const TrailerRow& r) { return r.key == key; });
  std::optional<std::string> value = row == std::end(kTrailers) ? std::nullopt : row->read(line.substr(colon + 2));
  if (!value) return false;
  reference.*row->member = std::move(*value);
  return true;
}

}  // namespace

HydratorReference read_reference(const std::vector<std::string>& trailers) {
  HydratorReference reference;
  for (const std::string& line : trailers) take(line, reference);
  if (reference != HydratorReference() && reference.author.empty()) reference.author = "<@>";  // as Go writes an address of nobody
  return reference;
}

std::string without_references(std::string_view body) {
  std::string rest;
  HydratorReference ignored;
  while (!body.empty()) {
    const size_t end = body.find('\n');
    std::string_view line = body.substr(0, end);
    if (ends_with(line, "\r")) line.remove_suffix(1);
    if (!take(line, ignored)) rest += cat(line, '\n');
    body.remove_prefix(end == std::string_view::npos ? body.size() : end + 1);
  }
  return rest;
}

}  // namespace isvcc
