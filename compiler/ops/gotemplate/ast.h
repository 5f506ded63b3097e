#pragma once
// The syntax tree of a template set. Built by parser.h, read by everyone else.
#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace isvcc::gotemplate {

enum class AstKind : uint8_t {
  List, Text, Action, Pipe, Command, Identifier, Variable, Dot, Nil, Field, Chain, Bool, Number, String, If, Range, With, Template, Break,
  Continue, End, Else,
};

// A constant as Go understands it: the same text may be an integer and a float.
struct Number {
  bool is_int = false, is_uint = false, is_float = false;
  int64_t integer = 0;
  uint64_t unsigned_integer = 0;
  double real = 0;
};

struct Ast {
  AstKind kind;
  uint32_t pos;   // bytes from the start of the text
  uint32_t line;
  std::string_view text{};               // as written: plain text, identifier, number, quoted string
  std::string value{};                   // String: without quotes; Template: the name
  std::vector<std::string_view> path{};  // Field: names; Variable: $x and names; Chain: names after `inner`
  Number number{};
  bool flag = false;                     // Bool: its value; Pipe: assigns instead of declaring
  std::vector<Ast*> items{};             // List: nodes; Pipe: commands; Command: function and arguments
  std::vector<Ast*> declared{};          // Pipe: its variables
  Ast* pipe = nullptr;                   // Action, If, Range, With, Template (may be missing)
  Ast* list = nullptr;                   // If, Range, With
  Ast* otherwise = nullptr;              // its else part, may be missing
  Ast* inner = nullptr;                  // Chain
};

struct TemplateSet {
  std::string_view name;  // of the main template, also named in errors about the others
  std::string_view text;
  std::deque<Ast> nodes;
  std::map<std::string, Ast*, std::less<>> templates;  // name → List

  Ast* add(Ast node) { return &nodes.emplace_back(std::move(node)); }
};

// The node as source text, as Go writes it in errors.
std::string source_of(const Ast& node);
// NAME:LINE:COLUMN of a node.
std::string location_of(const TemplateSet& set, const Ast& node);
// True for a list of nothing but blanks.
bool is_empty_tree(const Ast& list);

}  // namespace isvcc::gotemplate
