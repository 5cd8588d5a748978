/// Values by name in the order shown: loss, metrics, then the same with `val_` before them.
public typealias Logs = [(name: String, value: Double)]

/// Follows a call of `fit`, for displays and callbacks.
///
/// An error thrown by an observer ends the training as an interruption does and comes out of `fit`.
public protocol TrainingObserver: AnyObject {
  /// Training is about to begin.
  func began(_ plan: TrainingPlan) throws(NeuralError)
  /// A batch has been learnt from.
  func batch(_ batch: TrainingBatch) throws(NeuralError)
  /// An epoch is complete and in the history.
  func epoch(_ epoch: TrainingEpoch) throws(NeuralError)
  /// Training is over; called once after ``began(_:)``, whatever happened.
  func ended(_ outcome: TrainingOutcome) throws(NeuralError)
}

extension TrainingObserver {
  /// Does nothing.
  public func began(_ plan: TrainingPlan) throws(NeuralError) {}
  /// Does nothing.
  public func batch(_ batch: TrainingBatch) throws(NeuralError) {}
  /// Does nothing.
  public func epoch(_ epoch: TrainingEpoch) throws(NeuralError) {}
  /// Does nothing.
  public func ended(_ outcome: TrainingOutcome) throws(NeuralError) {}
}

/// What a call of `fit` is going to do.
public struct TrainingPlan: Sendable {
  /// The name of the model.
  public let model: String
  /// The number of the last epoch; numbers start at 1.
  public let epochs: Int
  /// How many epochs are skipped at the start, as Keras' `initial_epoch`.
  public let initialEpoch: Int
  /// The epochs that earlier calls of `fit` have trained.
  public let earlierEpochs: Int
  /// Batches in an epoch.
  public let batches: Int
  /// Training samples.
  public let samples: Int
  /// Samples in a batch; the last of an epoch may have fewer.
  public let batchSize: Int
  /// The names of the logs, in order.
  public let names: [String]
}

/// A batch that has been learnt from.
public struct TrainingBatch: Sendable {
  /// The number of the epoch, from 1.
  public let epoch: Int
  /// The number of the batch in the epoch, from 1.
  public let number: Int
  /// Batches in an epoch.
  public let batches: Int
  /// The mean loss of the epoch so far.
  public let loss: Double
}

/// An epoch that is complete.
public struct TrainingEpoch: Sendable {
  /// The number of the epoch, from 1.
  public let number: Int
  /// The number of the last epoch.
  public let epochs: Int
  /// Its loss and metrics.
  public let logs: Logs
}

/// How training ended.
public enum TrainingOutcome {
  /// All epochs were trained.
  case finished
  /// A callback asked to stop after this epoch.
  case stopped(epoch: Int)
  /// An interrupt or an error came during this epoch; weights of the last whole batch are kept.
  case interrupted(epoch: Int, error: NeuralError)
}

/// The values of every epoch that was completed.
public final class History {
  /// The numbers of the epochs, from 0 as Keras counts here.
  public private(set) var epochs: [Int] = []
  /// The names: loss, metrics, val_loss, val_ metrics.
  public private(set) var names: [String] = []
  private var columns: [[Double]] = []

  init() {}

  /// The values of one name, an element for each epoch; nil for a name that was not logged.
  public subscript(name: String) -> [Double]? {
    names.firstIndex(of: name).map { columns[$0] }
  }

  func append(epoch: Int, _ logs: Logs) {
    if names.isEmpty {
      names = logs.map(\.name)
      columns = logs.map { _ in [] }
    }
    epochs.append(epoch)
    for (index, log) in logs.enumerated() where index < columns.count {
      columns[index].append(log.value)
    }
  }
}
