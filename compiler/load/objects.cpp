#include "load/objects.h"

#include "base/text.h"

namespace isvcc {

static bool is_set(View value) { return value.is_text() && !value.text().empty(); }

// A list of objects, not an object with a field `items`: lists have no name.
static bool is_list_of_objects(View object) {
  return ends_with(object["kind"].text(), "List") && object["items"].is_list() && is_set(object["apiVersion"]) && !object.at("metadata.name");
}

namespace {

class Apart {
 public:
  Apart(Found found, const Limits& limits, Scratch& scratch, std::vector<Document>& out) : found_(found), limits_(limits), scratch_(scratch), out_(out) {}

  void document(const Document& document);

 private:
  void members(const Document& list);
  const Node* with_type_of_list(View member, View list) const;
  bool is_object(const Document& document);
  void refuse(const Document& document, std::string message, std::string hint);
  bool refuse_other_kind(const Document& document);

  Found found_;
  const Limits& limits_;
  Scratch& scratch_;
  std::vector<Document>& out_;
};

void Apart::refuse(const Document& document, std::string message, std::string hint) {
  if (!document.json_path.empty()) message = cat(document.json_path, ": ", message);
  scratch_.diags.report(Code::NotAnObject, Stage::Load, document.root, std::move(message)).hinting(std::move(hint));
}

// Texts, lists and numbers. Files that Git LFS left behind read as a text.
bool Apart::refuse_other_kind(const Document& document) {
  const View root = document.root;
  if (starts_with(root.text(), "version https://git-lfs.github.com/")) {
    scratch_.diags.report(Code::LfsPointer, Stage::Load, root, "a Git LFS pointer stands in place of the content").hinting("run `git lfs pull`");
    return false;
  }
  const std::string_view type = type_name(root);
  refuse(document, cat(type == "integer" || type == "array" ? "an " : "a ", type, " is not a Kubernetes object"), "a manifest is a mapping with apiVersion and kind");
  return false;
}

bool Apart::is_object(const Document& document) {
  const View root = document.root;
  if (!root.is_map()) return refuse_other_kind(document);
  const bool kind = is_set(root["kind"]), version = is_set(root["apiVersion"]);
  if (kind && version) return true;
  // Chart.yaml has an apiVersion, other files a kind: only metadata or a spec beside it makes a manifest that lacks a line.
  const bool intended = (root["kind"] || root["apiVersion"]) && (root["metadata"].is_map() || root["spec"].is_map());
  if (found_ == Found::InFolder && !intended && document.json_path.empty()) {
    scratch_.diags.report(Code::SkippedDocument, Stage::Load, root, "no apiVersion and kind: not a Kubernetes object, left out");
    return false;
  }
  const std::string_view missing = kind ? "apiVersion" : version ? "kind" : "apiVersion and kind";
  const bool wrong_type = (!kind && root["kind"] && !root["kind"].is_null()) || (!version && root["apiVersion"] && !root["apiVersion"].is_null());
  refuse(document, cat("not a Kubernetes object: ", missing, kind || version ? " is " : " are ", wrong_type ? "no text" : "missing"), {});
  return false;
}

const Node* Apart::with_type_of_list(View member, View list) const {
  const std::string_view kind = list["kind"].text();
  if (!member.is_map() || kind == "List" || is_set(member["kind"])) return member.node();
  const Make make = Make(scratch_.arena).at(list);
  const Node* typed = make.with(member, "kind", make.borrowed(kind.substr(0, kind.size() - 4)));
  return make.with(typed, "apiVersion", list["apiVersion"].node());
}

void Apart::members(const Document& list) {
  const View root = list.root;
  const std::string prefix = list.json_path.empty() ? "items[" : list.json_path + ".items[";
  for (size_t i = 0; i < root["items"].size(); ++i) {
    if (out_.size() > limits_.documents) return;
    document({with_type_of_list(root["items"].item(i), root), list.file, cat(prefix, i, "]")});
  }
}

// The depth of lists in lists is that of the document, which the readers have limited.
void Apart::document(const Document& document) {
  if (!is_object(document)) return;
  if (is_list_of_objects(document.root)) return members(document);
  out_.push_back(document);
}

}  // namespace

void take_apart(const Document& document, Found found, const Limits& limits, Scratch& scratch, std::vector<Document>& out) {
  Apart(found, limits, scratch, out).document(document);
}

}  // namespace isvcc
