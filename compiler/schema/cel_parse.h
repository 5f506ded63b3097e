#pragma once
// CEL text → expression tree. Bounded in length and depth.
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "tree/make.h"

namespace isvcc::cel {

enum class Op { Literal, Name, Select, Has, Index, Call, Method, Macro, List, Map, Conditional, Or, And, Not, Negate, Less, LessEqual, Greater, GreaterEqual, Equal, NotEqual, In, Add, Subtract, Multiply, Divide, Modulo };

// The methods that rules use most, known by more than their names.
enum class Word : uint8_t { Other, All, Exists, ExistsOne, Filter, Map, Size, StartsWith, EndsWith, Contains, Matches, Find };

struct Expression {
  Op op = Op::Literal;
  Word word = Word::Other;          // of a Method or Macro
  std::string name;                 // Name, Select, Call, Method
  std::string written;              // Select: the name before unescaping
  const Node* literal = nullptr;
  std::vector<std::unique_ptr<Expression>> arguments;  // of a Method or Macro: the receiver comes first; Has: the Select that it asks about
};

// Null when the text is not CEL, or uses a construct that is not supported; `error` tells.
std::unique_ptr<Expression> parse(std::string_view text, const Make& make, std::string& error);

}  // namespace isvcc::cel
