// Volumes of pods and claims of storage: ValidateVolumes and ValidatePersistentVolumeClaimSpec.
#include <algorithm>
#include <utility>

#include "base/seen_texts.h"
#include "base/text.h"
#include "lint/api_breaches.h"
#include "ops/quantity.h"

namespace isvcc {
namespace {

// What a source of this kind cannot do without.
struct Needed {
  std::string_view source, field;
};
constexpr Needed kNeeded[] = {{"secret", "secretName"}, {"configMap", "name"}, {"persistentVolumeClaim", "claimName"}, {"hostPath", "path"}, {"csi", "driver"}, {"nfs", "server"}, {"nfs", "path"}};

// Keys that become files.
void check_items(View source, const Path& path, const Breaches& out) {
  const View list = source["items"];
  const Path items = path.key("items");
  for (size_t i = 0; i < list.items().size(); ++i)
    for (const std::string_view field : {"key", "path"})
      if (list.item(i)[field].text().empty()) out.required(list.item(i), items.index(i).key(field));
}

// In the order in which the API server looks at them: the first that is there counts. It drops `image` where that feature is off.
constexpr std::string_view kSources[] = {
    "emptyDir", "hostPath",   "gitRepo",   "gcePersistentDisk", "awsElasticBlockStore", "secret",  "nfs",       "iscsi",     "glusterfs",            "persistentVolumeClaim",
    "rbd",      "cinder",     "cephfs",    "flocker",           "downwardAPI",          "fc",      "configMap", "azureFile", "vsphereVolume",        "quobyte",
    "azureDisk", "storageos", "photonPersistentDisk", "projected", "scaleIO",            "portworxVolume", "csi", "ephemeral"};

void check_content(std::string_view kind, View source, const Path& path, const Breaches& out) {
  for (const Needed& needed : kNeeded)
    if (needed.source == kind && source[needed.field].text().empty()) out.required(source, path.key(needed.field));
  if (kind == "secret" || kind == "configMap") check_items(source, path, out);
}

// A volume that says nothing of its source is an emptyDir.
void check_source(View volume, const Path& path, const Breaches& out) {
  size_t maps = 0;
  std::string_view only;
  for (const Field& f : volume.fields())
    if (View(f.value).is_map()) ++maps, only = f.key();
  if (maps == 1) return check_content(only, volume[only], path.key(only), out);
  bool first = true;
  for (const std::string_view kind : kSources) {
    const View source = maps == 0 ? View() : volume[kind];
    if (!source.is_map()) continue;
    if (std::exchange(first, false)) check_content(kind, source, path.key(kind), out);
    else out.forbidden(source, path.key(kind), "may not specify more than 1 volume type");
  }
}

}  // namespace

void check_volumes(View pod, const Path& path, const Breaches& out) {
  SeenTexts names;
  const View volumes = pod["volumes"];
  const Path list = path.key("volumes");
  for (size_t i = 0; i < volumes.items().size(); ++i) {
    const View volume = volumes.item(i);
    const Path at = list.index(i);
    const std::string_view name = volume["name"].text();
    if (name.empty()) out.required(volume, at.key("name"));
    else out.name(volume["name"], at.key("name"), NameForm::Dns1123Label);
    if (!name.empty() && !names.is_fresh(name)) out.duplicate(volume["name"], at.key("name"));
    check_source(volume, at, out);
  }
}

void check_claim_spec(View spec, View around, const Path& path, const Breaches& out) {
  const View list = spec["accessModes"], storage = spec["resources"]["requests"]["storage"];
  const Path modes = path.key("accessModes"), resources = path.key("resources"), amount = resources.entry("storage");
  if (list.items().empty()) out.required(spec ? spec : around, modes, "at least 1 access mode is required");
  bool once = false;
  for (const Node* mode : list.items()) {
    out.one_of(mode, modes, {"ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod"});
    once = once || View(mode).text() == "ReadWriteOncePod";
  }
  if (once && list.items().size() > 1) out.forbidden(list, modes, "may not use ReadWriteOncePod with other access modes");
  if (!storage) return out.required(spec ? spec : around, amount);
  if (const auto quantity = Quantity::parse(storage); quantity && quantity->sign() <= 0)
    out.invalid(storage, amount, go_quote(quantity->text()), "must be greater than zero", cat("a claim of ", quantity->text(), " of storage"));
  if (!spec["storageClassName"].text().empty()) out.name(spec["storageClassName"], path.key("storageClassName"), NameForm::Dns1123Subdomain);
  out.one_of_or_empty(spec["volumeMode"], path.key("volumeMode"), {"Block", "Filesystem"});
}

}  // namespace isvcc
