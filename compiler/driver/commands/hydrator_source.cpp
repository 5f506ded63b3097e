#include "driver/commands/hydrator_source.h"

#include "base/text.h"
#include "driver/commands/commit_reference.h"
#include "load/git/repository.h"

namespace isvcc {

// "git@host:path" is a name, not a secret; what stands before the @ of "https://…@host" may be a token.
std::string without_credentials(const std::string& url) {
  const size_t host = url.find("://"), at = url.find('@', host == std::string::npos ? 0 : host);
  if (host == std::string::npos || !starts_with(url, "http") || at == std::string::npos || url.find('/', host + 3) < at) return url;
  return cat(url.substr(0, host + 3), url.substr(at + 1));
}

HydratorSource hydrator_source(const Session& session) {
  std::string error;
  const auto repository = git::Repository::open(session.request.root, error);
  const auto head = repository ? repository->commit("HEAD", error) : std::nullopt;
  const auto facts = head ? repository->facts(*head) : std::nullopt;
  if (!facts) return {};
  const std::string project = relative_to(repository->work_tree(), session.request.root).value_or(".");
  const std::string cluster = session.cluster().empty() ? "" : cat(" --cluster ", session.cluster());
  return {.repo_url = without_credentials(repository->origin()), .dry_sha = *head, .author = facts->author, .date = facts->date, .subject = facts->subject, .body = without_references(facts->body),
          .commands = {cat("isvcc build ", project, cluster, " --layout argocd-hydrator -o out")}, .reference = read_reference(facts->trailers)};
}

}  // namespace isvcc
