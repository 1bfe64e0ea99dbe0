import java.nio.file.*;
import java.util.*;
import org.apache.lucene.analysis.*;
import org.apache.lucene.analysis.charfilter.*;
import org.apache.lucene.analysis.cjk.*;

import org.apache.lucene.analysis.standard.*;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.document.*;
import org.apache.lucene.index.*;
import org.apache.lucene.search.*;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.util.QueryBuilder;

/** The classes of Lucene that OpenSearch and Elasticsearch use, with the filters that a template names: cut, index, find. */
public class Pairs {
    public static void main(String[] arguments) throws Exception {
        Analyzer words = chain(arguments[0].split(","));
        List<String> lines = Files.readAllLines(Path.of(arguments[1]));  // "id<tab>text", then "?query"
        ByteBuffersDirectory folder = new ByteBuffersDirectory();
        try (IndexWriter writer = new IndexWriter(folder, new IndexWriterConfig(words))) {
            for (String line : lines) {
                if (line.startsWith("?")) continue;
                String[] cells = line.split("\t", 2);
                Document document = new Document();
                document.add(new StringField("id", cells[0], Field.Store.YES));
                document.add(new TextField("text", cells[1], Field.Store.NO));
                writer.addDocument(document);
            }
        }
        IndexSearcher searcher = new IndexSearcher(DirectoryReader.open(folder));
        for (String line : lines) {
            if (!line.startsWith("?")) continue;
            Query query = new QueryBuilder(words).createPhraseQuery("text", line.substring(1));
            List<String> ids = new ArrayList<>();
            for (ScoreDoc hit : searcher.search(query, 10).scoreDocs) ids.add(searcher.doc(hit.doc).get("id"));
            Collections.sort(ids);
            System.out.println(line.substring(1) + "\t" + String.join(",", ids) + "\t" + query);
        }
    }

    static Analyzer chain(String[] filters) {
        return new Analyzer() {
            @Override
            protected TokenStreamComponents createComponents(String field) {
                Tokenizer tokenizer = new StandardTokenizer();
                TokenStream stream = tokenizer;
                for (String filter : filters) {
                    switch (filter) {
                        case "cjk_width": stream = new CJKWidthFilter(stream); break;
                        case "lowercase": stream = new org.apache.lucene.analysis.LowerCaseFilter(stream); break;
                        case "cjk_bigram": stream = new CJKBigramFilter(stream); break;
                        default: throw new IllegalArgumentException(filter);
                    }
                }
                return new TokenStreamComponents(tokenizer, stream);
            }
        };
    }
}
