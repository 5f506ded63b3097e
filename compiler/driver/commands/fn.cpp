// fn: a KRM function. A ResourceList in, a ResourceList out; what is wrong stands in its results, and the exit code says so.
#include "base/text.h"
#include "driver/commands/command.h"
#include "driver/commands/pipe.h"
#include "driver/commands/session.h"
#include "driver/pipes/function_config.h"
#include "driver/pipes/replacement.h"
#include "driver/pipes/resource_list.h"
#include "load/encoding.h"
#include "load/given_input.h"

namespace isvcc {
namespace {

// Standard input, kept for the whole run. Nothing, reported, when it cannot be read or is too long.
std::optional<std::string_view> read_whole_input(Session& session) {
  LoadOptions& load = session.request.load;
  std::string error;
  std::shared_ptr<const FileSystem> folder = open_folder(load.project_root, error);
  FileText input = folder ? folder->read_input(load.limits.file_bytes) : FileText{FileStatus::Failed, {}, error};
  if (input.status != FileStatus::Good) {
    print_error(input.status == FileStatus::TooLarge ? cat("standard input is longer than ", load.limits.file_bytes, " bytes; --max-file-size raises the limit")
                                                     : cat("cannot read standard input: ", input.detail));
    return std::nullopt;
  }
  BadByte bad;
  if (is_utf16(input.text))
    if (auto utf8 = utf8_from_utf16(input.text, bad)) input.text = std::move(*utf8);
  const std::string& kept = session.texts.emplace_back(std::move(input.text));
  load.files = std::make_shared<GivenInput>(folder, kept);
  return kept;
}

bool is_resource_list(View root) {
  const std::string_view version = root["apiVersion"].text();
  return root["kind"].text() == "ResourceList" && (version == "config.kubernetes.io/v1" || version == "config.kubernetes.io/v1beta1" || version == "config.kubernetes.io/v1alpha1");
}

// The list itself. What is wrong with its items is told when they are loaded, so findings of this reading are dropped unless it failed.
View read_list(std::string_view text, FileId file, Session& session) {
  Diagnostics findings;
  Scratch scratch{session.result.arenas.emplace_back(), findings};
  const std::vector<const Node*> documents = read_yaml(text, file, session.request.load.engine, session.request.load.limits, scratch);
  if (documents.size() == 1 && is_resource_list(documents[0])) return documents[0];
  const bool broken = findings.errors() > 0;
  session.result.diags.append(std::move(findings));
  if (!broken) session.result.diags.report(Code::NotAResourceList, Stage::Load, Span{file, 0, 0}, "standard input holds no ResourceList of config.kubernetes.io/v1");
  return {};
}

struct Input {
  View list;
  bool check = false;
};

// Reads the list and what its functionConfig says. Nothing when the function cannot go on.
std::optional<Input> read_function_input(const Options& options, Session& session) {
  const auto text = read_whole_input(session);
  if (!text) return std::nullopt;
  const FileId file = session.result.sources.add({.name = std::string(kStandardInput), .text = *text});
  Input input{read_list(*text, file, session), options.flag("check")};
  if (!input.list) return std::nullopt;
  if (const View config = input.list["functionConfig"]; config.is_map()) {
    Scratch scratch{session.result.arenas.emplace_back(), session.result.diags};
    const FunctionConfig wanted = read_function_config(config, scratch);
    if (session.result.diags.errors() > 0) return std::nullopt;
    input.check = input.check || wanted.check;
    if (!use_project(options, wanted.project, session)) return std::nullopt;
  }
  return input;
}

int give_up(const Options& options, Session& session) {
  return report_findings(options, session) ? kFindings : kInputOutput;
}

}  // namespace

int run_fn(const Options& given) {
  Options options = given;
  options.arguments.insert(options.arguments.begin(), "-");
  Session session;
  if (const auto stop = prepare(options, session)) return *stop;
  const auto input = read_function_input(options, session);
  if (!input) return give_up(options, session);
  session.request.drop_annotation = is_bookkeeping;
  run_pipeline(options, session);
  if (!input->check) tell_assumed_namespace(session);
  const int code = exit_code(session);
  const bool rendered = code == kFine && !input->check;
  const std::string text = piped_resource_list(session, input->list, input_file(session.result.sources), rendered ? PipedItems::Rendered : PipedItems::AsTheyWere);
  if (!report_findings(options, session)) return kInputOutput;
  const int printed = print_all(text);
  return printed == kFine ? code : printed;
}

}  // namespace isvcc
