import JSON
import Notebook

/// What front ends want to know about a kernel before they use it.
struct KernelInfoReply: OutgoingContent {
  /// The version of the messaging protocol that the kernel speaks.
  static let protocolVersion = "5.5"

  /// Linnet's version.
  let version: String

  var messageType: String { "kernel_info_reply" }

  var json: JSONObject {
    [
      "status": "ok",
      "protocol_version": .string(Self.protocolVersion),
      "implementation": "linnet",
      "implementation_version": .string(version),
      "language_info": .object(LanguageInformation.json(version: version)),
      "banner": .string(
        "Linnet \(version): tensors, recurrent nets and plots. help() shows what there is."),
      "help_links": [
        [
          "text": "Starlark language",
          "url": "https://github.com/bazelbuild/starlark/blob/master/spec.md",
        ]
      ],
      "supported_features": ["kernel subshells"],
    ]
  }
}
