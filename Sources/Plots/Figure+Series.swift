extension Figure {
  /// A line through points; without `x` they are numbered from 0.
  public static func plot(_ y: [Double], x: [Double]? = nil, _ style: SeriesStyle = SeriesStyle())
    -> Figure
  {
    Figure(
      LineMark(x: x ?? y.indices.map(Double.init), y: y, style: style, integerX: x == nil))
  }

  /// A line that holds each value and changes at once.
  public static func step(
    _ y: [Double], x: [Double]? = nil, where place: StepPlace = .mid,
    _ style: SeriesStyle = SeriesStyle()
  ) -> Figure {
    Figure(
      LineMark(
        x: x ?? y.indices.map(Double.init), y: y, style: style, step: place, integerX: x == nil))
  }

  /// Signs at points; the longer of the two lists is cut.
  public static func scatter(
    x: [Double], y: [Double], _ style: SeriesStyle = SeriesStyle()
  ) -> Figure {
    Figure(
      ScatterMark(
        x: Array(x.prefix(y.count)), y: Array(y.prefix(x.count)),
        size: style.markerSize ?? style.marker?.defaultSize ?? 6.5, style: style))
  }

  /// Bars from zero, at 0, 1, 2 and so on or over names.
  public static func bar(
    _ heights: [Double], names: [String]? = nil, _ style: SeriesStyle = SeriesStyle()
  ) -> Figure {
    Figure(
      BarMark(
        places: heights.indices.map(Double.init), heights: heights,
        widths: Array(repeating: 0.8, count: heights.count),
        base: Array(repeating: 0, count: heights.count), names: names, integerPlaces: true,
        style: style))
  }

  /// A matrix as coloured cells with a colour bar; `values` are row by row.
  ///
  /// Cells without a value, and values without a cell, are left out.
  public static func heatmap(
    _ values: [Double], rows: Int, columns: Int, map: ColorMap? = nil, low: Double? = nil,
    high: Double? = nil
  ) -> Figure {
    var attributes = PanelAttributes()
    attributes.colorBar = true
    return Figure(
      cells(values, rows, columns, map, Limits(low: low, high: high), isImage: false), attributes)
  }

  /// A matrix as a picture of square cells; `values` are row by row.
  public static func imshow(
    _ values: [Double], rows: Int, columns: Int, map: ColorMap? = nil, low: Double? = nil,
    high: Double? = nil
  ) -> Figure {
    Figure(cells(values, rows, columns, map, Limits(low: low, high: high), isImage: true))
  }

  private static func cells(
    _ values: [Double], _ rows: Int, _ columns: Int, _ map: ColorMap?, _ limits: Limits,
    isImage: Bool
  ) -> GridMark {
    let columns = max(0, min(columns, GridMark.maximumCells))
    let rows = columns == 0 ? 0 : max(0, min(rows, GridMark.maximumCells / columns))
    let missing = max(0, rows * columns - values.count)
    let padded = values.prefix(rows * columns) + Array(repeating: .nan, count: missing)
    var mark = GridMark(rows: rows, columns: columns, values: Array(padded))
    mark.map = map
    mark.limits = limits
    mark.isImage = isImage
    mark.keepsAspect = isImage
    return mark
  }

  /// A thin line across the plot at one y.
  public static func horizontalRule(_ y: Double, _ style: SeriesStyle = SeriesStyle()) -> Figure {
    rule(y, isHorizontal: true, style)
  }

  /// A thin line across the plot at one x.
  public static func verticalRule(_ x: Double, _ style: SeriesStyle = SeriesStyle()) -> Figure {
    rule(x, isHorizontal: false, style)
  }

  private static func rule(_ value: Double, isHorizontal: Bool, _ style: SeriesStyle) -> Figure {
    var style = style
    style.color = style.color ?? .ink(.black)
    return Figure(RuleMark(value: value, isHorizontal: isHorizontal, style: style))
  }

  /// Words, ranges and sizes without marks, to be laid over a figure.
  ///
  /// - Parameters:
  ///   - title: What stands above the figure.
  ///   - xLabel: The name of the x axis.
  ///   - yLabel: The name of the y axis.
  ///   - xRange: The ends of the x axis.
  ///   - yRange: The ends of the y axis.
  ///   - xScale: How the x axis is laid out.
  ///   - yScale: How the y axis is laid out.
  ///   - size: Width and height in units of 80 pixels.
  /// - Returns: A figure without marks.
  public static func decoration(
    title: String? = nil, xLabel: String? = nil, yLabel: String? = nil,
    xRange: ClosedRange<Double>? = nil, yRange: ClosedRange<Double>? = nil,
    xScale: ScaleKind? = nil, yScale: ScaleKind? = nil, size: (width: Double, height: Double)? = nil
  ) -> Figure {
    var attributes = PanelAttributes()
    attributes.title = title
    attributes.xLabel = xLabel
    attributes.yLabel = yLabel
    attributes.xLimits = xRange.map { Limits(low: $0.lowerBound, high: $0.upperBound) }
    attributes.yLimits = yRange.map { Limits(low: $0.lowerBound, high: $0.upperBound) }
    attributes.xScale = xScale
    attributes.yScale = yScale
    return Figure(
      decoration: attributes,
      size: size.map {
        FigureSize(width: min(50, max(1, $0.width)), height: min(50, max(1, $0.height)))
      })
  }
}
