#pragma once
// CEL text → expression tree. Bounded in length and depth.
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "tree/make.h"

namespace isvcc::cel {

enum class Op { Literal, Name, Select, Index, Call, Method, List, Map, Conditional, Or, And, Not, Negate, Less, LessEqual, Greater, GreaterEqual, Equal, NotEqual, In, Add, Subtract, Multiply, Divide, Modulo };

struct Expression {
  Op op = Op::Literal;
  std::string name;                 // Name, Select, Call, Method
  std::string written;              // Select: the name before unescaping
  const Node* literal = nullptr;
  std::vector<std::unique_ptr<Expression>> arguments;  // of a Method: the receiver comes first
};

// Null when the text is not CEL, or uses a construct that is not supported; `error` tells.
std::unique_ptr<Expression> parse(std::string_view text, const Make& make, std::string& error);

}  // namespace isvcc::cel
