#pragma once
// The runtimes that services were given, named where the services are written: which bytes of which source that takes, and what has to be
// done by hand. Decides nothing and writes nothing.
#include <deque>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "driver/commands/session.h"
#include "driver/pins/overlay_files.h"
#include "driver/pins/text_edit.h"

namespace isvcc {

// What one service needs in its source.
struct SourcePin {
  struct User {  // a cluster that compiles the service
    Session* session;
    const ServiceResult* result;
  };
  std::string file;   // relative to the project
  std::string words;  // of the edit, for people: "runtime: kserve-sklearnserver"
  std::vector<TextEdit> edits;
  std::vector<User> users = {};
  bool refused = false;
};

class SourcePins {
 public:
  // Looks at compiled sessions, which outlive it. What cannot be edited is reported there.
  SourcePins(std::deque<Session>& sessions, const FileSystem& files);

  // Takes back, and reports, the edits after which a service is not what it was pinned to. `again` compiled edited(). False when that
  // took something back, so that the rest has to be looked at again.
  bool hold(std::deque<Session>& again);

  // Of every file with edits: its text after them.
  FileTexts texts() const;
  // By file, sorted.
  std::map<std::string, std::vector<TextEdit>> edits() const;
  // Of a file with edits: its text before them.
  std::string_view source_text(const std::string& file) const { return sources_.at(file); }
  size_t count() const;  // services to edit

 private:
  using Forms = std::map<std::pair<std::string, ObjectRef>, const Node*>;  // by cluster and service: as it is stored once it is pinned

  void look_at(Session& session, const FileSystem& files);
  void want(const SourcePin::User& user, const Node* stored, const FileSystem& files);
  void agree(SourcePin pin);
  bool take_back(SourcePin& pin, std::string_view why);
  std::set<std::pair<std::string, ObjectRef>> changed(std::deque<Session>& again) const;

  std::vector<SourcePin> pins_;
  std::map<std::pair<std::string, size_t>, size_t> by_place_;  // file and offset → index in pins_
  std::map<std::string, std::string_view> sources_;
  Forms forms_;
};

}  // namespace isvcc
