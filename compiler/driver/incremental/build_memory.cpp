#include "driver/incremental/build_memory.h"

#include <elf.h>
#include <fcntl.h>
#include <link.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstring>

#include "base/text.h"
#include "driver/version.h"

namespace isvcc {

static std::string short_hash(std::string_view text) { return sha256(text).hex().substr(0, 32); }

BuildMemory::BuildMemory(const std::string& folder, std::string_view settings, const std::string& root, const std::string& output)
    : store_(cat(folder, "/build-", short_hash(cat(program_identity(), '\0', settings)))),
      sources_path_(cat(folder, "/sources-", short_hash(root), ".bin")),
      outputs_path_(cat(folder, "/outputs-", short_hash(cat(root, '\0', output)), ".bin")),
      run_path_(cat(folder, "/run-", short_hash(cat(root, '\0', output)), ".bin")),
      parts_path_(cat(folder, "/parts-", short_hash(cat(root, '\0', output)), ".bin")) {
  sources_ = load_source_stamps(sources_path_);
  load_outputs();
}

void BuildMemory::load_outputs() {
  outputs_file_ = CacheFile(outputs_path_);
  std::optional<OutputMemory> outputs = load_output_memory(outputs_file_);
  if (!outputs) return;
  outputs_ = std::move(*outputs);
  outputs_seal_ = seal_of(outputs_file_.bytes());
}

const Digest* BuildMemory::content_of(std::string_view name, size_t place, const FileStamp& stamp) const {
  const SourceStamp* found = sources_.find(name, place);
  return found && found->stamp == stamp ? &found->content : nullptr;
}

Digest BuildMemory::key(std::string_view name, const Digest& content) {
  Sha256 hash;
  hash.add(content.view());
  hash.add(name);
  return hash.digest();
}

void BuildMemory::save(const std::vector<FileFacts>& facts) {
  std::vector<std::pair<std::string_view, SourceStamp>> now;
  now.reserve(facts.size());
  bool changed = false;
  for (size_t i = 0; i < facts.size(); ++i) {
    const FileFacts& f = facts[i];
    if (!f.stamp || !f.content || !is_settled(*f.stamp, started_)) continue;
    const SourceStamp* known = sources_.find(f.name, i);
    changed = changed || !known || known->stamp != *f.stamp;
    now.emplace_back(f.name, SourceStamp{*f.stamp, *f.content});
  }
  if (changed || now.size() != sources_.size()) save_source_stamps(sources_path_, now);
  if (outputs_.changed()) outputs_seal_ = save_output_memory(outputs_path_, outputs_);
  store_.save();
}

// ---- the program

// The note that the linker leaves: a hash of all that went into the program.
static int find_build_id(dl_phdr_info* info, size_t, void* result) {
  for (size_t i = 0; i < info->dlpi_phnum; ++i) {
    const ElfW(Phdr)& header = info->dlpi_phdr[i];
    if (header.p_type != PT_NOTE) continue;
    const char* at = reinterpret_cast<const char*>(info->dlpi_addr + header.p_vaddr);  // NOLINT(performance-no-int-to-ptr): the linker tells addresses as numbers
    const char* const end = at + header.p_memsz;
    while (at + sizeof(ElfW(Nhdr)) <= end) {
      ElfW(Nhdr) note;
      std::memcpy(&note, at, sizeof note);
      const char* const name = at + sizeof note;
      const char* const bytes = name + (note.n_namesz + 3) / 4 * 4;
      if (note.n_type == NT_GNU_BUILD_ID && note.n_namesz == 4 && std::memcmp(name, "GNU", 4) == 0) static_cast<std::string*>(result)->assign(bytes, note.n_descsz);
      at = bytes + (note.n_descsz + 3) / 4 * 4;
    }
  }
  return 1;  // the first object is the program
}

// Without a note: the file, by its time and place.
static std::string place_of_program() {
  struct stat info;
  if (::stat("/proc/self/exe", &info) != 0) return cat("process ", static_cast<int64_t>(::getpid()));
  const FileStamp stamp = stamp_of(info);
  return cat(stamp.device, ' ', stamp.inode, ' ', stamp.size, ' ', stamp.modified, ' ', stamp.changed);
}

std::string program_identity() {
  std::string id;
  ::dl_iterate_phdr(find_build_id, &id);
  return cat("isvcc ", isvcc_version(), ' ', id.empty() ? place_of_program() : id);
}

}  // namespace isvcc
