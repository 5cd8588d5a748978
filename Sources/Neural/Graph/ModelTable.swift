public import Catalog

/// The entries of what is neither a layer, a loss, a metric nor an optimizer: `Input`, `Model`, the
/// methods of models and layers, and the helpers for data.
public enum ModelTable {
  /// All of them.
  public static let all: [Entry] = [
    input, model, compile, fit, evaluate, predict, trainOnBatch, summary, countParams, getWeights,
    setWeights, padSequences, toCategorical,
  ]

  static let input = Entry(
    "Input",
    [
      .required("shape", .shape), .optional("dtype", .dtype, default: "\"float32\""),
      .optional("name", .string),
    ], kind: .type, group: "Models",
    summary: "The start of a model: stands for an array of this shape behind a batch axis of any "
      + "length. None as an extent takes any length.",
    examples: [Example("Input((10, 5)).shape", prints: "(None, 10, 5)")])

  static let model = Entry(
    "Model",
    [
      .required("inputs", .any), .required("outputs", .any), .optional("name", .string),
    ], kind: .type, group: "Models",
    summary: "A graph of layers from inputs to outputs. It is called as a layer is; models that "
      + "share layers share their weights.",
    examples: [
      Example(
        "x = Input((10, 5))\nencoder = Model(x, LSTM(20)(x))\nencoder(ones((3, 10, 5))).shape",
        prints: "(3, 20)")
    ])

  static let compile = Entry(
    "compile",
    [
      .optional("optimizer", .optimizer), .optional("loss", .loss), .optional("metrics", .metric),
    ], kind: .method(of: "Model"), group: "Models",
    summary: "Settles how fit learns: an optimizer and a loss by name or as objects, and metrics "
      + "to watch. \"accuracy\" is binary, categorical or sparse, as the shapes of the first "
      + "batch say.",
    examples: [
      Example(
        "x = Input((3,))\nm = Model(x, Dense(1)(x))\nm.compile(optimizer=\"adam\", loss=\"mse\")")
    ])

  static let fit = Entry(
    "fit",
    [
      .required("x", .tensor), .optional("y", .tensor), .optional("batch_size", .int),
      .optional("epochs", .int, default: "1"), .optional("verbose", .any, default: "\"auto\""),
      .optional("callbacks", .list), .optional("validation_split", .float, default: "0.0"),
      .optional("validation_data", .tuple), .optional("shuffle", .bool, default: "True"),
      .optional("class_weight", .dict), .optional("sample_weight", .tensor),
      .optional("initial_epoch", .int, default: "0"),
    ], kind: .method(of: "Model"), group: "Models",
    summary: "Learns from samples x and targets y, epochs times, in steps of batch_size (32 "
      + "unless given) samples. Gives a History: history.history[\"loss\"] has a number for each "
      + "epoch. An interrupt keeps the weights, and model.history has the epochs that were complete.",
    examples: [
      Example(
        "x = Input((3,))\nm = Model(x, Dense(1)(x))\nm.compile(optimizer=\"sgd\", loss=\"mse\")\n"
          + "h = m.fit(ones((8, 3)), ones((8, 1)), epochs=2, verbose=0)\n"
          + "len(h.history[\"loss\"])", prints: "2")
    ])

  static let evaluate = Entry(
    "evaluate",
    [
      .required("x", .tensor), .optional("y", .tensor), .optional("batch_size", .int),
      .optional("verbose", .any, default: "\"auto\""),
      .optional("return_dict", .bool, default: "False"),
    ], kind: .method(of: "Model"), group: "Models",
    summary: "The loss over samples x and targets y, without learning; with metrics a list of the "
      + "loss and the metrics.",
    examples: [
      Example(
        "x = Input((3,))\nm = Model(x, Dense(1)(x))\nm.compile(optimizer=\"sgd\", loss=\"mse\")\n"
          + "m.evaluate(zeros((8, 3)), ones((8, 1)), verbose=0)", prints: "1.0")
    ])

  static let predict = Entry(
    "predict",
    [
      .required("x", .tensor), .optional("batch_size", .int),
      .optional("verbose", .any, default: "\"auto\""),
    ], kind: .method(of: "Model"), group: "Models",
    summary: "The outputs for samples x, computed in batches.",
    examples: [
      Example(
        "x = Input((3,))\nm = Model(x, Dense(2)(x))\nm.predict(ones((8, 3)), verbose=0).shape",
        prints: "(8, 2)")
    ])

  static let trainOnBatch = Entry(
    "train_on_batch", [.required("x", .tensor), .optional("y", .tensor)],
    kind: .method(of: "Model"), group: "Models",
    summary: "Makes one learning step from one batch; gives its loss, and with metrics a list.",
    examples: [
      Example(
        "x = Input((3,))\nm = Model(x, Dense(1)(x))\nm.compile(optimizer=\"sgd\", loss=\"mse\")\n"
          + "m.train_on_batch(zeros((8, 3)), ones((8, 1)))", prints: "1.0")
    ])

  static let summary = Entry(
    "summary", [], kind: .method(of: "Model"), group: "Models",
    summary: "Prints the layers with the shapes that they make and their numbers of weights.")

  static let countParams = Entry(
    "count_params", [], kind: .method(of: "Layer"), group: "Layers",
    summary: "The number of numbers in the weights.",
    examples: [
      Example("d = Dense(2)\nd(ones((1, 3)));\nd.count_params()", prints: "8")
    ])

  static let getWeights = Entry(
    "get_weights", [], kind: .method(of: "Layer"), group: "Layers",
    summary: "The present values of the weights, as tensors, in the order of Keras.",
    examples: [
      Example(
        "d = Dense(2)\nd(ones((1, 3)));\n[w.shape for w in d.get_weights()]",
        prints: "[(3, 2), (2,)]")
    ])

  static let setWeights = Entry(
    "set_weights", [.required("weights", .list)], kind: .method(of: "Layer"), group: "Layers",
    summary: "Replaces the values of all weights by those of a list, in the order of get_weights.",
    examples: [
      Example(
        "d = Dense(1, use_bias=False)\nd(ones((1, 1)));\nd.set_weights([tensor([[3.0]])])\n"
          + "d(tensor([[2.0]]))", prints: "tensor([[6.]])")
    ])

  static let padSequences = Entry(
    "pad_sequences",
    [
      .required("sequences", .list), .optional("maxlen", .int),
      .optional("dtype", .dtype, default: "\"int32\""),
      .optional("padding", .string, default: "\"pre\"", choices: ["pre", "post"]),
      .optional("truncating", .string, default: "\"pre\"", choices: ["pre", "post"]),
      .optional("value", .float, default: "0.0"),
    ], group: "Data",
    summary: "Makes sequences of different lengths one array, as long as the longest or as "
      + "maxlen says: short ones are filled with value, long ones are cut, both at the front "
      + "unless \"post\" is given.",
    examples: [
      Example(
        "pad_sequences([[1], [2, 3]], padding=\"post\")",
        prints: "tensor([[1, 0],\n        [2, 3]], dtype=int32)")
    ])

  static let toCategorical = Entry(
    "to_categorical", [.required("x", .tensor), .optional("num_classes", .int)], group: "Data",
    summary: "Class numbers as rows of zeros with a one; as many classes as the largest number "
      + "needs unless num_classes says.",
    examples: [
      Example(
        "to_categorical([0, 2])", prints: "tensor([[1., 0., 0.],\n        [0., 0., 1.]])")
    ])
}
