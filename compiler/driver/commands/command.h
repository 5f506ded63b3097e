#pragma once
// One function per verb: reads options, calls the pipeline, prints, returns the exit code.
#include "driver/options.h"

namespace isvcc {

enum Exit { kFine = 0, kFindings = 1, kUsage = 2, kInputOutput = 3, kBug = 70 };

int run_build(const Options& options);
int run_watch(const Options& options);
int run_bundle(const Options& options);
int run_check(const Options& options);
int run_diff(const Options& options);
int run_dump(const Options& options);
int run_explain(const Options& options);
int run_explain_value(const Options& options, const std::string& format);  // --field and --line
int run_runtimes(const Options& options);
int run_impact(const Options& options);
int run_upgrade(const Options& options);
int run_verify(const Options& options);
int run_gitops(const Options& options);
int run_pin(const Options& options);
int run_fn(const Options& options);
int run_post_render(const Options& options);
int run_argocd_plugin(const Options& options);
int run_version(const Options& options);
int run_help(const Options& options);
int run_completion(const Options& options);
int run_man(const Options& options);

}  // namespace isvcc
