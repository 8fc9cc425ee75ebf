import EverrunsDocuments

/// The code of the capability `test_math`.
struct MathTools: StockImplementation {
  let id = "test_math"

  func toolset(_ configuration: JSONObject) -> [any Tool] {
    [
      tool("add", "Adds two numbers.") { $0 + $1 },
      tool("subtract", "Subtracts the second number from the first.") { $0 - $1 },
      tool("multiply", "Multiplies two numbers.") { $0 * $1 },
      tool("divide", "Divides the first number by the second.") { a, b throws(ToolRefusal) in
        guard b != 0 else { throw ToolRefusal("a number cannot be divided by 0") }
        return a / b
      },
    ]
  }

  private func tool(
    _ name: String, _ description: String,
    _ operation: @escaping @Sendable (Double, Double) throws(ToolRefusal) -> Double
  ) -> FunctionTool {
    FunctionTool(name, description, arguments: Operands.coding, effect: .pure) { operands, _ in
      guard let result = JSONNumber(try operation(operands.a, operands.b)) else {
        throw ToolRefusal("the result is too large")
      }
      return ["result": .number(result)]
    }
  }

  private struct Operands: Sendable {
    var a = 0.0
    var b = 0.0

    static let coding = ObjectCoding<Operands>(
      noun: "pair of numbers", blank: Operands(),
      fields: [
        .required("a", \.a, .number, "The first number."),
        .required("b", \.b, .number, "The second number."),
      ])
  }
}
