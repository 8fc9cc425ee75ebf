import Everruns
import Testing

@Suite struct DeltaBatcherTests {
  @Test func `the first piece is due at once and the next batch after the interval`() {
    var batcher = DeltaBatcher()
    #expect(batcher.deadline == nil)
    #expect(batcher.take(at: .seconds(5)) == nil)
    batcher.add("one ")
    #expect(batcher.take(at: .seconds(5)) == "one ")
    batcher.add("two ")
    batcher.add("three ")
    #expect(batcher.deadline == .seconds(5) + .milliseconds(100))
    #expect(batcher.take(at: .seconds(5) + .milliseconds(99)) == nil)
    #expect(batcher.take(at: .seconds(5) + .milliseconds(100)) == "two three ")
    #expect(batcher.deadline == nil)
  }

  @Test func `a large batch is due before its time`() {
    var batcher = DeltaBatcher(size: 10)
    batcher.add("a")
    #expect(batcher.take(at: .zero) == "a")
    batcher.add("123456789")
    #expect(batcher.take(at: .zero) == nil)
    batcher.add("é")
    #expect(batcher.take(at: .zero) == "123456789é")
  }

  @Test func `the rest can be taken at the end`() {
    var batcher = DeltaBatcher()
    batcher.add("one")
    _ = batcher.take(at: .zero)
    batcher.add("two")
    #expect(batcher.takeAll() == "two")
    #expect(batcher.takeAll() == nil)
  }
}
