#pragma once
// The findings of a whole run: of its one session, or of those of all its clusters, each finding told once with the clusters it is about.
#include <deque>

#include "driver/commands/session.h"

namespace isvcc {

class Findings {
 public:
  // The sessions outlive it. Of a single one nothing is copied.
  explicit Findings(const std::deque<Session>& sessions);
  explicit Findings(const Session& session) : sessions_{&session} {}

  const std::deque<Diagnostic>& all() const { return sessions_.size() == 1 ? sessions_[0]->result.diags.all() : diags_.all(); }
  const Sources& sources() const { return sessions_.size() == 1 ? sessions_[0]->result.sources : sources_; }
  const std::vector<const Session*>& sessions() const { return sessions_; }

 private:
  void add(const Session& session);

  std::vector<const Session*> sessions_;
  Sources sources_;
  Diagnostics diags_;
};

}  // namespace isvcc
