import EverrunsDocuments

/// The fingerprints of what ships with the library, known without making it.
///
/// Making a definition and its document only to learn that nothing has changed since the last run
/// would take most of that run. A test says which one is no longer right, and what it is.
enum StockFingerprints {
  static func oss(_ grade: Grade) -> Fingerprint {
    grade.admitsExperiments
      ? Fingerprint(
        stored: "sha256:457c16cf6331c4f4269670b412008a1f7d5de261797f078a93b812b5d239e6f1")
      : Fingerprint(
        stored: "sha256:4629d559f7795d947d3355a959c2425b9ccf0c7aaef4bc73d20928c3880eaf3d")
  }

  static func worker(_ grade: Grade) -> Fingerprint {
    grade.admitsExperiments
      ? Fingerprint(
        stored: "sha256:2635e5d03779abc570c8a9be0c4113be596569f1cb973ec2667eca6f538b0b90")
      : Fingerprint(
        stored: "sha256:c53cc1906dbc066db54faddd72639a46e4d21c941674b0da0da88be40c51a500")
  }

  static let empty = Fingerprint(
    stored: "sha256:be202b442ac9ab1cf5ee23d5dbb1d3864e9d8e3afd362654f1bf009d128e9655")
}
