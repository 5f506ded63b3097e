#include "load/objects.h"

#include "base/text.h"

namespace isvcc {

// Documents that are broken or left out one after the other say nothing new.
static constexpr size_t kMaxRefused = 100, kMaxLeftOut = 20;

static bool is_set(View value) { return value.is_text() && !value.text().empty(); }

// A list of objects, not an object with a field `items`: lists have no name.
static bool is_list_of_objects(View object) {
  return ends_with(object["kind"].text(), "List") && object["items"].is_list() && !object.at("metadata.name");
}

// The spec.json of a Tanka environment speaks of a cluster; it is no object in one.
static bool is_tanka_settings(View object) { return object["kind"].text() == "Environment" && starts_with(object["apiVersion"].text(), "tanka.dev/"); }

bool ObjectFinder::refuse(const Document& document, std::string message) {
  if (++refused_ > kMaxRefused) return false;
  if (!document.json_path.empty()) message = cat(document.json_path, ": ", message);
  if (refused_ == kMaxRefused) message += cat("; further documents of this kind are not told");
  scratch_.diags.report(Code::NotAnObject, Stage::Load, document.root, std::move(message)).hinting("a manifest is a mapping with apiVersion and kind; list other files in .isvccignore");
  return false;
}

bool ObjectFinder::leave_out(const Document& document) {
  if (++left_out_ <= kMaxLeftOut) scratch_.diags.report(Code::SkippedDocument, Stage::Load, document.root, "no apiVersion and kind: not a Kubernetes object, left out");
  return false;
}

// Texts, lists and numbers. Files that Git LFS left behind read as a text.
bool ObjectFinder::refuse_other_kind(const Document& document) {
  const View root = document.root;
  if (starts_with(root.text(), "version https://git-lfs.github.com/")) {
    scratch_.diags.report(Code::LfsPointer, Stage::Load, root, "a Git LFS pointer stands in place of the content").hinting("run `git lfs pull`");
    return false;
  }
  const std::string_view type = type_name(root);
  return refuse(document, cat(type == "integer" || type == "array" ? "an " : "a ", type, " is not a Kubernetes object"));
}

bool ObjectFinder::is_object(const Document& document) {
  const View root = document.root;
  if (!root.is_map()) return refuse_other_kind(document);
  const View kind = root["kind"], version = root["apiVersion"];
  if (is_set(kind) && is_set(version)) return true;
  // Chart.yaml has an apiVersion, other files a kind: only metadata or a spec beside it makes a manifest that lacks a line.
  const bool intended = (kind || version) && (root["metadata"].is_map() || root["spec"].is_map());
  if (found_ == Found::InFolder && !intended && document.json_path.empty()) return leave_out(document);
  const bool wrong_type = (kind && !is_set(kind) && !kind.is_null()) || (version && !is_set(version) && !version.is_null());
  const std::string_view missing = is_set(kind) ? "apiVersion is " : is_set(version) ? "kind is " : "apiVersion and kind are ";
  return refuse(document, cat("not a Kubernetes object: ", missing, wrong_type ? "no text" : "missing"));
}

const Node* ObjectFinder::with_type_of_list(View member, View list) const {
  const std::string_view kind = list["kind"].text();
  if (!member.is_map() || kind == "List" || is_set(member["kind"])) return member.node();
  const Make make = Make(scratch_.arena).at(list);
  const Node* typed = make.with(member, "kind", make.borrowed(kind.substr(0, kind.size() - 4)));
  return make.with(typed, "apiVersion", list["apiVersion"].node());
}

void ObjectFinder::members(const Document& list) {
  const View root = list.root;
  const std::string prefix = list.json_path.empty() ? "items[" : list.json_path + ".items[";
  for (size_t i = 0; i < root["items"].size() && out_.size() <= limits_.documents; ++i)
    add({with_type_of_list(root["items"].item(i), root), list.file, cat(prefix, i, "]")});
}

void ObjectFinder::objects_of_template(const Document& document) {
  static const TemplateValues none;
  const auto objects = processed_template(document.root, values_ ? *values_ : none, value_bytes_left_, limits_, scratch_);
  if (!objects) return;
  const std::string prefix = document.json_path.empty() ? "objects[" : document.json_path + ".objects[";
  for (size_t i = 0; i < objects->size() && out_.size() <= limits_.documents; ++i) add({(*objects)[i], document.file, cat(prefix, i, "]")});
}

// Lists in lists are no deeper than the document, whose depth the readers have limited.
void ObjectFinder::add(const Document& document) {
  if (!is_object(document)) return;
  if (is_tanka_settings(document.root)) return;
  if (is_list_of_objects(document.root)) return members(document);
  if (is_openshift_template(document.root)) return objects_of_template(document);
  out_.push_back(document);
}

}  // namespace isvcc
