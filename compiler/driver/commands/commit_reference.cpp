#include "driver/commands/commit_reference.h"

#include <algorithm>

#include "base/text.h"
#include "load/json_parser.h"

namespace isvcc {
namespace {

constexpr std::string_view kPrefix = "Argocd-reference-commit-";

// "Ada <ada@example.com>" as a mail header has it: "Ada" in quotes. Names beyond ASCII would be encoded, and are left alone.
std::string address(std::string_view value) {
  const size_t open = value.find('<');
  const bool named = open != std::string_view::npos && ends_with(value, ">");
  const std::string_view name = named ? trim(trim(value.substr(0, open)), "\"") : std::string_view();
  const std::string_view mail = named ? value.substr(open + 1, value.size() - open - 2) : value;
  const bool ascii = std::all_of(value.begin(), value.end(), [](char c) { return c >= 0x20 && c < 0x7F; });
  if (!ascii || contains(name, "\"") || contains(mail, " ") || mail.find('@') == std::string_view::npos) return {};
  return cat(name.empty() ? "" : cat('"', name, "\" "), '<', mail, '>');
}

std::string commit_id(std::string_view value) {
  const bool good = value.size() >= 5 && value.size() <= 40 && value.find_first_not_of("0123456789abcdef") == std::string_view::npos;
  return good ? std::string(value) : std::string();
}

// 2026-01-02T03:04:05, then Z or an offset.
std::string date(std::string_view value) {
  constexpr std::string_view kPattern = "0000-00-00T00:00:00";
  if (value.size() <= kPattern.size()) return {};
  for (size_t i = 0; i < kPattern.size(); ++i)
    if (kPattern[i] == '0' ? value[i] < '0' || value[i] > '9' : value[i] != kPattern[i]) return {};
  const std::string_view zone = value.substr(kPattern.size());
  const bool offset = zone.size() == 6 && (zone[0] == '+' || zone[0] == '-') && zone[3] == ':';
  return zone == "Z" || offset ? std::string(value) : std::string();
}

std::string json_text(std::string_view value) {
  Arena arena;
  TreeBuilder tree(0, Limits(), arena);
  JsonParser parser(value, 0, tree, arena);
  return is_utf8(value) && parser.value() && parser.at_end() ? std::string(View(tree.last()).text()) : std::string();
}

std::string as_it_is(std::string_view value) { return std::string(value); }

struct TrailerRow {
  std::string_view key;
  std::string HydratorReference::*member;
  std::string (*read)(std::string_view);  // empty: not to be read
};
constexpr TrailerRow kTrailers[] = {
    {"author", &HydratorReference::author, address}, {"date", &HydratorReference::date, date},     {"subject", &HydratorReference::subject, as_it_is},
    {"body", &HydratorReference::body, json_text},   {"sha", &HydratorReference::sha, commit_id}, {"repourl", &HydratorReference::repo_url, as_it_is},
};

bool take(std::string_view line, HydratorReference& reference) {
  const size_t colon = line.find(": ");
  if (!starts_with(line, kPrefix) || colon == std::string_view::npos) return false;
  const std::string_view key = line.substr(kPrefix.size(), colon - kPrefix.size());
  const auto row = std::find_if(std::begin(kTrailers), std::end(kTrailers), [&](const TrailerRow& r) { return r.key == key; });
  std::string value = row == std::end(kTrailers) ? std::string() : row->read(line.substr(colon + 2));
  if (value.empty()) return false;
  reference.*row->member = std::move(value);
  return true;
}

}  // namespace

HydratorReference take_reference(std::string& body) {
  HydratorReference reference;
  std::string rest;
  if (!body.empty())
    for (const std::string_view line : split(trim(body, "\n"), '\n'))
      if (!take(line, reference)) rest += cat(line, '\n');
  body = std::move(rest);
  return reference;
}

}  // namespace isvcc
