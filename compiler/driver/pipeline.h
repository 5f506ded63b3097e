#pragma once
// The whole compiler as one call: sources in, manifests and findings out. Reads like the pipeline in docs/architecture.md.
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "driver/incremental/packs.h"
#include "driver/project.h"
#include "driver/statistics.h"
#include "driver/user_schemas.h"
#include "emit/shard.h"
#include "finish/finish.h"
#include "load/load.h"
#include "plan/plan.h"
#include "repo/repository.h"
#include "select/select.h"

namespace isvcc {

// What is left of the objects of a service once it is compiled.
enum class Keep : uint8_t {
  Trees,
  Texts,  // printed for the project's layout: the memory of a service is used again for the next one
  Names,  // for those who only want to know what is wrong
};

struct Compilation;
class BuildMemory;

struct CompileRequest {
  Project project;
  std::string root;                 // absolute folder of the project
  std::string project_file;         // absolute; empty without one
  SchemaSources schemas;
  LoadOptions load;                 // root, sources, limits, engine, threads
  Render render = Render::Workloads;
  bool deny_assumptions = false;
  Shard shard;                      // what of it is wanted: everything is compiled, only this is told and written
  bool lint = true;                 // look for what is legal but suspicious
  Keep keep = Keep::Trees;
  const Compilation* reuse = nullptr;   // compile its documents instead of loading; outlives the result
  BuildMemory* memory = nullptr;        // with Keep::Texts: what earlier builds found out; outlives the result
  bool part = false;                    // with a memory: of the sources that are left out nothing is wanted
  std::set<ObjectRef> without;          // objects of the sources to leave out, bundled ones too
  std::string_view replacing;           // a source whose objects stand for those of the same names elsewhere; empty: none
  std::vector<std::string> only;    // sources of which manifests and findings are wanted, relative to the root; empty: all
  bool (*drop_annotation)(std::string_view) = nullptr;  // annotations of the sources that are no part of their objects
};

struct ServiceResult {
  const Object* service = nullptr;
  bool admitted = false;
  std::optional<Failure> failure;   // the controller's
  bool pod_refused = false;         // by the pod webhook
  bool uses_generation = false;     // metadata.generation is part of an object
  bool canary_percent = false;      // canaryTrafficPercent counts, and no status tells of earlier revisions
  bool output_invalid = false;      // an object rendered for it failed its own schema
  std::optional<ServicePlan> plan;  // absent when refused; with Keep::Texts and Names no trees
  std::vector<Manifest> made;       // until they are all put together
  std::vector<Diagnostic> findings; // with a memory only: what was found while it was compiled
  size_t found = 0;                 // how many those are, also where they come from the memory
};

// A source file that holds services only, all known to the memory, and what the others see of them.
struct ServiceFile {
  size_t facts = 0;                 // number of the file in documents.facts
  Digest outline;                   // driver/incremental/record.h
};

// Everything a command may ask about one compiled repository. Owns the memory that nodes live in.
struct Compilation {
  Sources sources;
  Documents documents;
  std::deque<Arena> arenas;
  std::deque<Object> asleep;               // services that were not compiled again: only their names are known
  std::deque<PackedText> stored;           // what they came to
  Profile profile;
  UserSchemas user_schemas;
  std::unique_ptr<SchemaSet> own_schemas;  // built-in schemas with those of the sources and the user
  Repository repository;
  RuntimeIndex runtimes;
  std::vector<ServiceResult> services;     // by namespace and name
  std::vector<ServiceFile> service_files;  // with a memory only
  std::vector<Manifest> manifests;         // sorted
  Diagnostics diags;
  Statistics statistics;
  bool config_broken = false;              // KServe's manager would not start: nothing is rendered
  bool output_invalid = false;             // a rendered object failed its own schema: a bug of isvcc

  size_t errors() const { return diags.errors(); }
};

// `sources` may already hold the project file. Reports everything; throws nothing.
void compile(const CompileRequest& request, Compilation& out);

// Told what a service's plan is after each pass that changes pods.
using WatchPasses = std::function<void(std::string_view pass, const ServicePlan& plan)>;

// Compiles one service of a compilation once more, under somebody's eyes. What was found then is known already.
void watch_service(const CompileRequest& request, const Compilation& compiled, const Object& service, const WatchPasses& watch, Arena& arena);

}  // namespace isvcc
