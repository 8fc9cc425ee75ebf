/// Random numbers that are the same in every run of a test.
package struct RepeatableNumbers: RandomNumberGenerator {
  private var state: UInt64

  /// Those of a seed.
  package init(state: UInt64) {
    self.state = state
  }

  // Sebastiano Vigna, SplitMix64: https://prng.di.unimi.it/splitmix64.c
  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// One of several values.
  package mutating func pick<Value>(_ values: [Value]) -> Value {
    values[Int.random(in: values.indices, using: &self)]
  }

  /// Yes once in so many times.
  package mutating func oneIn(_ number: Int) -> Bool {
    Int.random(in: 1...number, using: &self) == 1
  }
}
