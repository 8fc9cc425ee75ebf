import CommandLineTree

extension Control {
  /// The pages of the manual: the program, each noun, and the document.
  var manualPages: [ManualPage] {
    let document = ManualReference("\(name)-platform", 5)
    return program.tree.manualPages(date: Control.date, others: [document])
      + [
        PlatformManual(
          program: name, source: program.tree.versionLine, date: Control.date, reference: document
        ).page
      ]
  }
}
