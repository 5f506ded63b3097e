// explain --field and --line: where a rendered value comes from.
#include "review/explain_value.h"

#include <algorithm>

#include "base/text.h"
#include "driver/commands/command.h"
#include "driver/commands/facts.h"
#include "driver/commands/layout_files.h"
#include "driver/commands/printed_objects.h"

namespace isvcc {
namespace {

constexpr size_t kLargestOutputFile = 64 << 20;

// What is rendered for one service.
std::vector<View> objects_of(const Compilation& result, const Object& service) {
  std::vector<View> objects;
  for (const Manifest& m : result.manifests)
    if (m.owner == &service && m.node) objects.push_back(m.node);
  return objects;
}

const ServiceFacts* find_service(const Facts& facts, const Object* service) {
  for (const ServiceFacts& s : facts.services)
    if (s.service == service) return &s;
  return nullptr;
}

const Object* owner_of(const Compilation& result, View object) {
  for (const Manifest& m : result.manifests)
    if (m.node == object.node()) return m.owner;
  return nullptr;
}

// ---- --line FILE:N

struct FileLine {
  std::string file;
  size_t line = 0;
};

std::optional<FileLine> parse_line(std::string_view text) {
  const size_t colon = text.rfind(':');
  const auto number = colon == std::string_view::npos ? std::nullopt : parse_int(text.substr(colon + 1));
  if (!number || *number < 1 || colon == 0) return std::nullopt;
  return FileLine{std::string(text.substr(0, colon)), static_cast<size_t>(*number)};
}

// Output files are named as people see them: with the output folder, or from there on.
const OutputFile* find_file(const std::vector<OutputFile>& files, std::string_view name) {
  const OutputFile* best = nullptr;
  for (const OutputFile& f : files)
    if ((f.path == name || ends_with(name, cat('/', f.path))) && (!best || f.path.size() > best->path.size())) best = &f;
  return best;
}

std::string_view line_of(std::string_view text, size_t number) {
  const std::vector<std::string_view> lines = split(text, '\n');
  return number <= lines.size() ? lines[number - 1] : std::string_view();
}

// A file that was edited, or written by another run, has other lines.
void warn_about_other_text(const FileLine& wanted, std::string_view text) {
  const auto on_disk = read_small_file(wanted.file, kLargestOutputFile);
  if (on_disk && line_of(*on_disk, wanted.line) != line_of(text, wanted.line))
    print_error(cat(quote(wanted.file), " differs from what is rendered now, where line ", wanted.line, " is ", quote(trim(line_of(text, wanted.line)))));
}

std::vector<ValueQuestion> values_at(const FileLine& wanted, Session& session, std::string& error) {
  const std::vector<OutputFile> files = layout_files(session);
  const OutputFile* file = find_file(files, wanted.file);
  if (!file) {
    error = cat("no output file ", quote(wanted.file), " is rendered");
    return {};
  }
  const std::string text = file->text.text();
  warn_about_other_text(wanted, text);
  const std::vector<PrintedLine> lines = PrintedObjects(session.result.manifests).lines(text, session.result.arenas.emplace_back());
  const auto after = std::partition_point(lines.begin(), lines.end(), [&](const PrintedLine& l) { return l.line <= wanted.line; });
  if (after != lines.begin()) return {{std::prev(after)->object, std::prev(after)->path}};
  error = cat("line ", wanted.line, " of ", quote(wanted.file), " holds no value");
  return {};
}

// ---- --field PATH

std::vector<ValueQuestion> values_of(const Compilation& result, std::string_view field, const std::string& service, std::string& error) {
  const std::vector<std::string_view> names = split(service, '/');
  const Object* found = result.repository.find("InferenceService", names[0], names[1]);
  const std::vector<View> objects = found ? objects_of(result, *found) : std::vector<View>();
  std::vector<ValueQuestion> values = find_values(field, objects);
  if (objects.empty()) error = cat("nothing is rendered for ", quote(service));
  else if (values.empty()) error = cat("no value at ", quote(field), ": ", nearest_path(field, objects));
  return values;
}

// ---- both

// All of them belong to one service: it compiles again, watched.
std::vector<ValueAnswer> answers_to(const std::vector<ValueQuestion>& questions, const Session& session, Arena& arena) {
  const Facts facts = facts_of(session.result);
  const ServiceFacts* service = find_service(facts, owner_of(session.result, questions.front().object));
  PodStages stages;
  auto keep = [&](std::string_view words, const ServicePlan& plan) { stages.add(words, plan); };
  if (service) watch_service(session.request, session.result, *service->service, keep, arena);
  std::vector<ValueAnswer> answers;
  for (const ValueQuestion& q : questions) answers.push_back({q, service ? history_of(q.object, q.path, *service, stages) : std::vector<HistoryEntry>()});
  return answers;
}

}  // namespace

int run_explain_value(const Options& given, const std::string& format) {
  Options options = given;
  const bool by_field = options.value("field").has_value();
  if (options.value("line") && (by_field || !parse_line(*options.value("line")))) {
    print_error(by_field ? "explain takes --field or --line, not both" : "--line needs FILE:NUMBER, a line of an output file");
    return kUsage;
  }
  const std::string service = by_field && !options.arguments.empty() ? options.arguments[0] : "";
  if (by_field && (split(service, '/').size() != 2 || starts_with(service, "/"))) {
    print_error("explain --field needs NAMESPACE/NAME of the service");
    return kUsage;
  }
  if (by_field) options.arguments.erase(options.arguments.begin());
  Session session;
  if (const auto stop = prepare(options, session)) return *stop;
  run_pipeline(options, session);
  std::string error;
  const std::vector<ValueQuestion> questions = by_field ? values_of(session.result, *options.value("field"), service, error) : values_at(*parse_line(*options.value("line")), session, error);
  if (!error.empty()) {
    print_error(error);
    return kFindings;
  }
  Arena arena;
  Provenance provenance(session.result.sources, arena);
  const std::vector<ValueAnswer> answers = answers_to(questions, session, arena);
  print_out(format == "json" ? values_json(answers, provenance) : values_text(answers, provenance));
  return kFine;
}

}  // namespace isvcc
