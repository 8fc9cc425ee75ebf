// Recorded by GeneratedFilesTests; RECORD_GENERATED=1 regenerates it.

extension PlatformPreset {
  /// The fingerprint of a stock preset as a grade has it.
  static func recordedFingerprint(of preset: String, grade: Grade) -> String? {
    switch (preset, grade) {
    case ("oss", .dev):
      "sha256:457c16cf6331c4f4269670b412008a1f7d5de261797f078a93b812b5d239e6f1"
    case ("oss", .poc):
      "sha256:4629d559f7795d947d3355a959c2425b9ccf0c7aaef4bc73d20928c3880eaf3d"
    case ("oss", .preview):
      "sha256:4629d559f7795d947d3355a959c2425b9ccf0c7aaef4bc73d20928c3880eaf3d"
    case ("oss", .prod):
      "sha256:4629d559f7795d947d3355a959c2425b9ccf0c7aaef4bc73d20928c3880eaf3d"
    case ("worker", .dev):
      "sha256:2635e5d03779abc570c8a9be0c4113be596569f1cb973ec2667eca6f538b0b90"
    case ("worker", .poc):
      "sha256:c53cc1906dbc066db54faddd72639a46e4d21c941674b0da0da88be40c51a500"
    case ("worker", .preview):
      "sha256:c53cc1906dbc066db54faddd72639a46e4d21c941674b0da0da88be40c51a500"
    case ("worker", .prod):
      "sha256:c53cc1906dbc066db54faddd72639a46e4d21c941674b0da0da88be40c51a500"
    case ("empty", .dev):
      "sha256:be202b442ac9ab1cf5ee23d5dbb1d3864e9d8e3afd362654f1bf009d128e9655"
    case ("empty", .poc):
      "sha256:be202b442ac9ab1cf5ee23d5dbb1d3864e9d8e3afd362654f1bf009d128e9655"
    case ("empty", .preview):
      "sha256:be202b442ac9ab1cf5ee23d5dbb1d3864e9d8e3afd362654f1bf009d128e9655"
    case ("empty", .prod):
      "sha256:be202b442ac9ab1cf5ee23d5dbb1d3864e9d8e3afd362654f1bf009d128e9655"
    default: nil
    }
  }
}
