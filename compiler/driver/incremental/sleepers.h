#pragma once
// Services that need not be compiled again, because neither they nor anything they depend on changed: the loader leaves their files out
// ("asleep"), and their results come from the memory of earlier builds. What somebody has to look at is woken: read and compiled as ever.
#include <unordered_map>
#include <vector>

#include "driver/incremental/record.h"
#include "driver/pipeline.h"

namespace isvcc {

class Sleepers {
 public:
  // After loading. Without a memory there are none, and nothing happens.
  Sleepers(const CompileRequest& request, Compilation& out);
  ~Sleepers();

  // Wakes services that graphs and models refer to or whose name is used again, and all when something changed that is neither service
  // nor runtime. Before objects are collected: documents stay in the order of their files.
  void wake_for_documents();
  // After runtimes are indexed: wakes services whose runtimes changed. True when there are new documents, from `first` on.
  bool wake_for_runtimes(size_t& first);
  // The results of those that are still asleep.
  void add_results();

 private:
  struct Sleeper;
  void read_records();
  void wake(const std::vector<size_t>& sleepers);
  void wake_all();
  void wake_unknown();
  std::vector<size_t> referred() const;
  void add(const Sleeper& sleeper);
  void add_service(const Sleeper& sleeper, const RecordedService& service);
  FileId file_of(std::string_view name);

  const CompileRequest& request_;
  Compilation& out_;
  std::vector<Sleeper> sleepers_;
  std::unordered_map<std::string_view, FileId> files_;
};

// Keeps what was compiled in this run for later ones. `out` is as compile() leaves it, before findings are waived or sorted.
void remember_services(const CompileRequest& request, Compilation& out);

}  // namespace isvcc
