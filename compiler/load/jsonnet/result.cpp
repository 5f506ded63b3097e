#include "load/jsonnet/result.h"

#include <cmath>

#include "base/text.h"
#include "load/jsonnet/environment.h"
#include "load/jsonnet/scan.h"

namespace isvcc::jsonnet {

static std::string step(const std::string& path, std::string_view key) {
  return is_identifier(key) ? cat(path, ".", key) : cat(path, "[", quote(key), "]");
}
static std::string step(const std::string& path, size_t index) { return cat(path, "[", index, "]"); }

static std::string_view words_for(View value) {
  if (value.is_text()) return "a string";
  if (value.is_number()) return "a number";
  return "a boolean";
}

namespace {

class Taker {
 public:
  Taker(const EvaluatedEntry& entry, const std::set<std::string, std::less<>>& wanted, std::vector<Document>& documents, Scratch& scratch)
      : file_(entry.file), entry_(entry.name), tanka_file_(entry.tanka_file), wanted_(wanted), documents_(documents), scratch_(scratch) {}

  void take(View value, const std::string& path) {
    if (value.is_null()) return;
    if (value.is_list()) return items(value, path);
    if (!value.is_map()) return refuse(value, path, cat("is ", words_for(value), ", not an object"));
    const bool has_kind = value["kind"].is_text();
    if (has_kind && value["kind"].text() == "List" && value["items"].is_list()) return items(value["items"], step(path, "items"));
    if (is_tanka_environment(value)) return environment(value, path);
    if (has_kind && value["apiVersion"].is_text()) return object(value, path);
    if (has_kind || value["apiVersion"].is_text()) return refuse(value, path, has_kind ? "has a kind but no apiVersion" : "has an apiVersion but no kind");
    for (const Field& field : value.fields()) take(field.value, step(path, field.key()));
  }

 private:
  void object(View value, const std::string& path) {
    documents_.push_back({environment_.with_defaults(value, scratch_.arena), file_, path, environment_.default_namespace()});
  }

  void environment(View value, const std::string& path) {
    if (!is_wanted(value, wanted_)) return;
    const Environment outside = environment_;
    environment_ = Environment(value, tanka_file_);
    if (value["data"]) take(value["data"], step(path, "data"));
    environment_ = outside;
  }

  void items(View list, const std::string& path) {
    size_t i = 0;
    for (View item : list.items()) take(item, step(path, i++));
  }

  void refuse(View value, const std::string& path, const std::string& what) {
    Diagnostic& diag = scratch_.diags.report(Code::JsonnetResult, Stage::Load, value, cat(quote(entry_), " evaluates to something else than Kubernetes objects: ", path, " ", what));
    diag.path = path;
    diag.hint = path == "$" ? "the file must evaluate to an object with apiVersion and kind, or to lists or objects of such objects; name a library .libsonnet"
                            : "hide a field that is no Kubernetes object with ::";
  }

  FileId file_;
  const std::string& entry_;
  const std::string& tanka_file_;
  const std::set<std::string, std::less<>>& wanted_;
  std::vector<Document>& documents_;
  Scratch& scratch_;
  Environment environment_;
};

class NumberCheck {
 public:
  NumberCheck(const std::string& entry, Diagnostics& diags) : entry_(entry), diags_(diags) {}

  void look(View value, const std::string& path) {
    if (left_ == 0) return;
    if (value.is_number()) return number(value, path);
    for (const Field& field : value.fields())
      if (may_hold_number(field.value)) look(field.value, step(path, field.key()));
    size_t i = 0;
    for (View item : value.items()) {
      if (may_hold_number(item)) look(item, step(path, i));
      ++i;
    }
  }

 private:
  // Most values are texts: no path is made for them. Nor for the usual numbers.
  static bool may_hold_number(View value) { return value.is_map() || value.is_list() || (value.is_number() && too_large(*value.node())); }
  static bool too_large(const Node& node) {
    static constexpr double kLargest = 9007199254740992.0;  // 2^53
    if (node.kind == Kind::Uint) return true;
    if (node.kind == Kind::Int) return std::abs(static_cast<double>(node.i)) >= kLargest;
    return std::abs(node.d) >= kLargest && node.d == std::floor(node.d);
  }
  void number(View value, const std::string& path) {
    if (!too_large(*value.node())) return;
    --left_;
    Diagnostic& diag = diags_.report(Code::JsonnetBigNumber, Stage::Load, value,
                                     cat(quote(entry_), " has the number ", number_text(*value.node()), " at ", path, ", which may be another one than was written"));
    diag.path = path;
    diag.hint = "Jsonnet computes with doubles, exact up to 2^53; write the number as a string if it is a text";
  }

  const std::string& entry_;
  Diagnostics& diags_;
  size_t left_ = 10;
};

}  // namespace

void take_apart(View result, const EvaluatedEntry& entry, const std::set<std::string, std::less<>>& environments, std::vector<Document>& documents, Scratch& scratch) {
  Taker(entry, environments, documents, scratch).take(result, "$");
}

void check_numbers(View result, const std::string& entry, Diagnostics& diags) { NumberCheck(entry, diags).look(result, "$"); }

}  // namespace isvcc::jsonnet
